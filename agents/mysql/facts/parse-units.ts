import type { MysqlUnit } from './host-facts'
import { hideInWords } from './without-secrets'

/** What `systemctl show` is asked of each unit. */
export const UNIT_PROPERTIES =
  'Id,Names,LoadState,ActiveState,UnitFileState,MainPID,ExecStart,FragmentPath,DropInPaths,ProtectHome,ProtectSystem,PrivateTmp,LimitNOFILE,TimeoutStartUSec,User'

/** `systemctl show` of several units: blocks with an empty line between; what is not there is left out, each unit is one. */
export function parseUnits(text: string): MysqlUnit[] {
  const units = text.split(/\n{2,}/).flatMap((block): MysqlUnit[] => {
    const values = new Map(
      block.split('\n').flatMap((line): [string, string][] => {
        const equals = line.indexOf('=')
        return equals > 0 ? [[line.slice(0, equals), line.slice(equals + 1)]] : []
      }),
    )
    const of = (name: string) => values.get(name) ?? ''
    if (!of('Id') || of('LoadState') === 'not-found') return []
    const pid = Number(of('MainPID'))
    return [
      {
        id: of('Id'),
        names: of('Names').split(' ').filter(Boolean),
        load: of('LoadState'),
        active: of('ActiveState'),
        enabled: of('UnitFileState'),
        mainPid: pid > 0 ? pid : null,
        execStart: hideInWords(of('ExecStart')),
        fragment: of('FragmentPath'),
        dropIns: of('DropInPaths').split(' ').filter(Boolean),
        protectHome: of('ProtectHome'),
        protectSystem: of('ProtectSystem'),
        privateTmp: of('PrivateTmp'),
        limitNoFile: of('LimitNOFILE'),
        timeoutStart: of('TimeoutStartUSec'),
        user: of('User'),
      },
    ]
  })
  return [...new Map(units.map((unit) => [unit.id, unit])).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
