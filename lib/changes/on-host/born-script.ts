/**
 * The shell function `born PID`: when a process started, in ticks since the boot (proc_pid_stat(5), field 22), so that a
 * pid that another process has now is not taken for its owner. Nothing, and 1, where it is gone. `born_self` sets BORN to
 * that of this shell, without a process.
 */
export const bornScript = `born_self() { read -r line < "/proc/$$/stat"; set -- \${line##*) }; BORN=\${20}; }
born() { line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1; set -- \${line##*) }; printf '%s' "\${20}"; }
`
