#!/bin/bash
# A self-signed certificate without its key. Usage: make-certificate.sh FILE SUBJECT DAYS
set -euo pipefail
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -out "$1" \
  -subj "$2" -days "$3" 2>/dev/null
