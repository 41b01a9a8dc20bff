/**
 * The script that ends a command whose channel was closed under it: sshd leaves such a process alone, and passes
 * signals on neither to root's commands nor to sudo's. sshd and dropbear start each command in a process group of its
 * own; where a server does not, only the process itself gets the signal, as the group would be the connection's.
 * @param pid as the command's own shell said it
 */
export function endCommandScript(pid: number): string {
  return `group() { sed 's/^.*) . [0-9]* \\([0-9]*\\) .*/\\1/' "/proc/$1/stat"; }
theirs=$(group ${pid} 2>/dev/null) || exit 0
if [ "$theirs" = "$(group $$)" ]; then kill -TERM ${pid}; else kill -TERM "-$theirs"; fi`
}
