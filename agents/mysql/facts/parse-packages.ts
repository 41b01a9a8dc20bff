import type { MysqlFacts } from './facts'

type Package = Extract<MysqlFacts['packages'], { state: 'read' }>['value'][number]

/**
 * Lines of "installed NAME VERSION" (rpm) or "install ok installed NAME VERSION" (dpkg-query); a package that dpkg only
 * knows by name has no version.
 */
export function parsePackages(text: string): Package[] {
  const found = text.split('\n').flatMap((line): Package[] => {
    const [, state = '', name = '', version = ''] = /^(?:\S+ \S+ )?(\S+) (\S+) (\S+)$/.exec(line.trim()) ?? []
    return name ? [{ name, version, state }] : []
  })
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** "Inst mariadb-server (1:10.11.14-0+deb12u2 Debian:12.11/stable [amd64])" of a simulation (apt-get(8)). */
const INSTALLS = /^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)/

const IS_SERVER = /^(?:mariadb-server|mysql-server|mysql-community-server|percona-server-server)(?:-\d[\d.]*)?$/

/** What a simulated installation would bring; null where no package of it is a server's. */
export function parseCandidate(
  text: string,
  asked: string,
): Extract<MysqlFacts['candidate'], { state: 'read' }>['value'] | null {
  const all = text.split('\n').flatMap((line) => {
    const [, name = '', version = ''] = INSTALLS.exec(line) ?? []
    return name ? [{ name, version }] : []
  })
  const server = all.filter(({ name }) => IS_SERVER.test(name)).toSorted((a, b) => b.name.length - a.name.length)[0]
  return server
    ? { package: asked, server: server.name, version: server.version, installs: all.map(({ name }) => name) }
    : null
}
