#!/bin/sh
# Print a Python of 3.11 or newer that really runs (a shim on the path may lead nowhere).
for name in "$BIHUAN_PYTHON" python3.11 python3 python3.12 python3.13 python; do
    [ -n "$name" ] || continue
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$name"; exit 0; }
done
echo "need-python-3.11-or-newer"
exit 1
