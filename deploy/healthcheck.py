"""Ask our own web server whether it is well; exit status 0 when it is."""

import os
import sys
import urllib.request

address = os.environ.get("WEB_BIND", "0.0.0.0:8000").replace("0.0.0.0", "127.0.0.1")
host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
request = urllib.request.Request(f"http://{address}/halsa/", headers={"Host": host})
with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310  (our own address)
    sys.exit(answer.status != 200)
