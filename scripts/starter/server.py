"""Serves the folder app on this computer only, with the headers and types of server.json. Python 3.7 or later, nothing else."""
import argparse
import errno
import functools
import http.server
import json
import os
import posixpath
import sys
import threading
import webbrowser

folder = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(folder, "server.json"), encoding="utf-8") as file:
    settings = json.load(file)


class PageHandler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        for name, value in settings["headers"].items():
            self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path):
        return settings["types"].get(posixpath.splitext(path)[1].lower(), "application/octet-stream")

    def send_head(self):
        # Files of all versions carry the same date: by it a browser would keep those of the version before.
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def list_directory(self, path):
        self.send_error(404)

    def log_message(self, format, *args):
        """Nothing is written of what is asked for."""


class PageServer(http.server.ThreadingHTTPServer):
    # On Windows it would let two programs have the same port.
    allow_reuse_address = os.name != "nt"
    daemon_threads = True


def main():
    parser = argparse.ArgumentParser(description="Serves Texel on this computer only.")
    parser.add_argument("--port", type=int, default=settings["port"], help="work kept under one port is not seen under another")
    parser.add_argument("--no-browser", action="store_true", help="opens no browser; the address is printed")
    options = parser.parse_args()
    address = "http://localhost:%d/" % options.port
    handler = functools.partial(PageHandler, directory=os.path.join(folder, "app"))
    try:
        server = PageServer(("127.0.0.1", options.port), handler)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEADDRINUSE", None)):
            raise
        print("Port %d of this computer is taken." % options.port)
        print("If Texel is running already, open %s in the browser." % address)
        print("If it is another program, end that one and start again. Another port will do as well, for example")
        print("    sh start.sh --port %d" % (options.port + 1))
        print("but work that was kept under port %d is not seen there." % options.port)
        return 1
    print("Texel is ready: %s  (this computer only)" % address)
    print("Leave this window open while you work. Ctrl+C ends it; work stays in the browser of this computer.", flush=True)
    if not options.no_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


sys.exit(main())
