"""Makes the ZIPs that test/imports/zip.test.ts reads: good ones, and hostile ones. Argument: the folder."""
import os, struct, sys, zipfile, io

folder = sys.argv[1]
CSV = "vehicle,term\nA1,24\nB1,36\n"
DEFLATED = zipfile.ZIP_DEFLATED


def path(name):
    return os.path.join(folder, name + ".zip")


def make(name, entries, mode=DEFLATED):
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path(name), "w", mode) as z:
            for entry, content in entries:
                z.writestr(entry, content)


def patched(name, source, change):
    data = bytearray(open(path(source), "rb").read())
    change(data)
    open(path(name), "wb").write(data)


make("one", [("rates.csv", CSV)])
make("stored", [("rates.csv", CSV)], zipfile.ZIP_STORED)
make("three", [("a.csv", CSV), ("folder/b.txt", "term;vehicle\n48;C1\n"), ("ü.tsv", "vehicle\tterm\nD1\t24\n")])
make("with-leftovers", [("rates.csv", CSV), ("__MACOSX/._rates.csv", "x"), (".DS_Store", "x"), ("folder/", "")])
make("empty", [])
make("only-a-folder", [("folder/", "")])
make("traversal", [("rates.csv", CSV), ("../../etc/rates.csv", CSV)])
make("backslashes", [("..\\..\\rates.csv", CSV)])
make("absolute", [("/rates.csv", CSV)])
make("drive", [("C:/rates.csv", CSV)])
make("doubled", [("rates.csv", CSV), ("rates.csv", CSV)])
make("doubled-by-case", [("rates.csv", CSV), ("Rates.CSV", CSV)])
make("nested", [("rates.csv", CSV), ("more.zip", open(path("one"), "rb").read())])
make("nested-as-csv", [("more.csv", open(path("one"), "rb").read())])
make("other", [("rates.csv", CSV), ("setup.exe", "MZ")])
make("workbook", [("[Content_Types].xml", "<x/>"), ("xl/sheet1.xml", "<x/>")])
make("thousands", [("%d.csv" % i, CSV) for i in range(1001)])
make("bomb", [("rates.csv", "vehicle,term\n" + "0" * 50_000_000)])
make("control-name", [("ü\x07tes.csv", CSV)])
link = zipfile.ZipInfo("rates.csv")
link.create_system = 3
link.external_attr = 0o120777 << 16
make("link", [(link, "/etc/passwd")])

local = CSV.encode()


def lie_about_size(data):
    # The directory says that the bomb is small; what comes out tells otherwise.
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)


def wrong_sum(data):
    at = data.rindex(b"PK\x01\x02")
    data[at + 16] ^= 0xFF


def wrong_content(data):
    at = data.index(b"A1,24")
    data[at] = ord("X")


def encrypted(data):
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1


def other_name_inside(data):
    at = data.index(b"rates.csv")
    data[at:at + 9] = b"other.csv"


def unknown_method(data):
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02") + 10, 97)


patched("lying-bomb", "bomb", lie_about_size)
patched("wrong-sum", "one", wrong_sum)
patched("wrong-content", "stored", wrong_content)
patched("encrypted", "one", encrypted)
patched("other-name-inside", "one", other_name_inside)
patched("unknown-method", "one", unknown_method)
whole = open(path("three"), "rb").read()
open(path("cut-off"), "wb").write(whole[: len(whole) // 2])
open(path("cut-in-directory"), "wb").write(whole[:-30])
open(path("only-a-beginning"), "wb").write(b"PK\x03\x04")
open(path("shifted"), "wb").write(whole + b"more")
