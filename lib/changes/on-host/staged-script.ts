/**
 * The shell functions `each_staged FOLDER COMMAND`, which runs it with every sibling that a change's folder says it
 * staged, and `remove_staged FOLDER`. The file is data: a name that Pollux does not give, or half a line, is passed over.
 */
export const stagedScript = `each_staged() {
  [ -f "$1/staged" ] || return 0
  while IFS= read -r name; do
    case "\${name##*/}" in .pollux-*) "$2" "$name" ;; esac
  done < "$1/staged"
}
remove_one() { rm -f "$1"; }
remove_staged() { each_staged "$1" remove_one; }
`
