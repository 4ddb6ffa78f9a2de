"""An FTP server of ten lines, as people write them with pyftpdlib. Settings come as JSON in argv[1]."""
import json
import logging
import sys

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

settings = json.loads(sys.argv[1])
logging.basicConfig(level=logging.ERROR)

if settings["tls"] == "off":
    handler = FTPHandler
else:
    from pyftpdlib.handlers import TLS_FTPHandler as handler

    handler.certfile = settings["certificate"]
    handler.tls_control_required = handler.tls_data_required = settings["tls"] == "required"

authorizer = DummyAuthorizer()
authorizer.add_user(settings["username"], settings["password"], settings["home"], perm="elradfmwMT")
handler.authorizer = authorizer
handler.passive_ports = range(settings["passiveFrom"], settings["passiveThrough"] + 1)
# A wrong password is answered after three seconds by default, which tests no behaviour.
handler.auth_failed_timeout = 0
handler.proto_cmds = {
    name: what for name, what in handler.proto_cmds.items() if name not in settings["refusedCommands"]
}
server = FTPServer(("127.0.0.1", settings["port"]), handler)
# It counts its own listening socket as a client.
server.max_cons = settings["maxClients"] + 1
server.serve_forever()
