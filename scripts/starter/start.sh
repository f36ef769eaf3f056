#!/bin/sh
# Starts Texel on this computer only. README.txt beside it says more.
cd "$(dirname "$0")" || exit 1
for python in python3 python; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 7))' 2>/dev/null; then
    exec "$python" server.py "$@"
  fi
done
echo 'Texel needs Python 3.7 or later, and none was found on this computer. README.txt says how to get it.'
exit 1
