"""Exercises an FTP server with Python's ftplib: arguments port, user, password, local file, mode, certificate."""
import ftplib
import io
import ssl
import sys

port, user, password, local, mode, certificate = sys.argv[1:]
content = open(local, "rb").read()

ftp = ftplib.FTP(timeout=20)
if certificate:
    ftp = ftplib.FTP_TLS(timeout=20, context=ssl.create_default_context(cafile=certificate))
ftp.connect("127.0.0.1", int(port))
ftp.login(user, password)
if certificate:
    ftp.prot_p()
ftp.set_pasv(mode == "passive")


def read(path, rest=None):
    received = io.BytesIO()
    ftp.retrbinary("RETR " + path, received.write, rest=rest)
    return received.getvalue()


def expect(what, ok):
    if not ok:
        sys.exit("not as expected: " + what)


name = "Preisliste für März – 価格.bin"
ftp.storbinary("STOR " + name, io.BytesIO(content))
expect("size", ftp.size(name) == len(content))
expect("download", read(name) == content)
expect("download from the middle", read(name, 1000) == content[1000:])
ftp.storbinary("STOR part", io.BytesIO(content[:1000]))
ftp.storbinary("STOR part", io.BytesIO(content[1000:]), rest=1000)
expect("upload resumed by REST", read("part") == content)
ftp.storbinary("STOR part", io.BytesIO(content[:1000]))
ftp.storbinary("APPE part", io.BytesIO(content[1000:]))
expect("upload resumed by APPE", read("part") == content)
ftp.storbinary("STOR empty", io.BytesIO(b""))
expect("empty file", ftp.size("empty") == 0 and read("empty") == b"")
expect("folder made", ftp.mkd('in "quotes"') == '/in "quotes"')
ftp.cwd('in "quotes"')
expect("folder entered", ftp.pwd() == '/in "quotes"')
ftp.rename("../part", "moved")
facts = dict(ftp.mlsd())
expect("MLSD", list(facts) == ["moved"] and facts["moved"]["type"] == "file")
expect("MLSD size", facts["moved"]["size"] == str(len(content)))
expect("NLST", ftp.nlst() == ["moved"])
lines = []
ftp.retrlines("LIST", lines.append)
expect("LIST", len(lines) == 1 and lines[0].endswith(" moved"))
ftp.delete("moved")
expect("empty MLSD", list(ftp.mlsd()) == [])
ftp.cwd("..")
ftp.rmd('in "quotes"')
ftp.delete(name)
ftp.delete("empty")
expect("all gone", ftp.nlst() == [])
ftp.quit()
