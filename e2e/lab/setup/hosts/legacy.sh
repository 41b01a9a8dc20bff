#!/bin/bash
# An sshd that offers only what one of 2005 did.
set -euo pipefail
root=$1
cat >"$root/etc/ssh/sshd_config" <<'SSHD'
HostKey /etc/ssh/ssh_host_rsa_key
KexAlgorithms diffie-hellman-group14-sha1,diffie-hellman-group1-sha1
HostKeyAlgorithms ssh-rsa
Ciphers aes128-cbc,3des-cbc
MACs hmac-sha1
# The signature of an RSA key may be SHA-1; the two others are what servers since 7.2 take besides.
PubkeyAcceptedAlgorithms ssh-rsa,rsa-sha2-256,rsa-sha2-512
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
UsePAM yes
UseDNS no
Subsystem sftp /usr/lib/openssh/sftp-server
SSHD
