import sys

import httpx

httpx.get(sys.argv[1], timeout=5)
