/**
 * The script that ends a command whose channel was closed under it: sshd leaves such a process alone, and passes
 * signals on neither to root's commands nor to sudo's. It ends the process, all that descends from it, and its process
 * group, which sshd gives to each command; dropbear runs commands in the connection's own group, which is spared.
 *
 * Each process is named on its own. `kill -TERM -GROUP` is not safe: where kill is no builtin (posh), the kill(1) of
 * procps 4.0 can read the group as options and signal every process of the host.
 * @param pid as the command's own shell said it
 */
export function endCommandScript(pid: number): string {
  return `exec 2>/dev/null
look() { parent=; group=; read -r stat < "/proc/$1/stat" || return 0; set -- \${stat##*") "}; parent=$2 group=$3; }
look ${pid}; theirs=$group
[ -n "$theirs" ] || exit 0
look $$; if [ "$theirs" = "$group" ]; then theirs=none; fi
found=" ${pid} " grown=yes
while [ -n "$grown" ]; do
  grown=
  for dir in /proc/[0-9]*; do
    pid=\${dir#/proc/}
    case $found in *" $pid "*) continue ;; esac
    look "$pid"
    case $found in *" $parent "*) ;; *) [ "$group" = "$theirs" ] || continue ;; esac
    found="$found$pid " grown=yes
  done
done
kill -TERM $found`
}
