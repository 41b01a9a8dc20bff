/** "/etc/mysql/my.cnf" is the folder "/etc/mysql" and the name "my.cnf". */
export function splitFolder(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/')
  return { folder: path.slice(0, at) || '/', name: path.slice(at + 1) }
}
