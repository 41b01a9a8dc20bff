#!/bin/sh
# What a guest's kernel runs in its place when it reboots; see uml-guest.sh.
exit 64
