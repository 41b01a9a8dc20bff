/**
 * The script that ends a command whose channel was closed under it: sshd leaves such a process alone, and passes
 * signals on neither to root's commands nor to sudo's. sshd and dropbear start each command in a process group of its
 * own; where a server does not, only the process itself gets the signal, as the group would be the connection's.
 *
 * Each process of the group is named on its own. `kill -TERM -GROUP` is not safe: where kill is no builtin (posh), the
 * kill(1) of procps 4.0 reads the group as options and signals every process of the host.
 * @param pid as the command's own shell said it
 */
export function endCommandScript(pid: number): string {
  return `exec 2>/dev/null
group() { g=; read -r stat < "/proc/$1/stat" || return 0; set -- \${stat##*") "}; g=$3; }
group ${pid}; theirs=$g
group $$; ours=$g
[ -n "$theirs" ] || exit 0
if [ "$theirs" = "$ours" ]; then kill -TERM ${pid}; exit; fi
found=
for dir in /proc/[0-9]*; do
  group "\${dir#/proc/}"
  if [ "$g" = "$theirs" ]; then found="$found \${dir#/proc/}"; fi
done
kill -TERM $found`
}
