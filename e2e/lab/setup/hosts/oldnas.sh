#!/bin/bash
# dropbear keeps keys in a format of its own; it is told to read the lab's RSA key through its converter's format.
set -euo pipefail
root=$1
