import type { BaculaDesired } from '@/agents/bacula'
import type { Subject } from '../subjects'

const conf = '/etc/bacula/bacula-dir.conf'
const kept = '/root/bacula-dir.lab'

/** The configuration as it was, and a director that runs by it. */
const before = `[ -f ${kept} ] || cp -p ${conf} ${kept}
rm -f /etc/bacula/bconsole-pollux.conf
if ! cmp -s ${kept} ${conf}; then
  cp -p ${kept} ${conf}
  systemctl reload bacula-director || systemctl restart bacula-director || exit 1
fi
systemctl is-active -q bacula-director || systemctl start bacula-director || exit 1
`

const password = 'only-for-the-matrix-of-faults-0123456789'

/** A console for Pollux: a check on a shadow copy, two files, a reload, and the console itself that is let in. */
export const baculaSubject: Subject = {
  id: 'bacula',
  agentId: 'bacula',
  hosts: [['willow']],
  alike: [[['aspen']]],
  makes: [],
  secret: password,
  reset: before,
  leave: `${before}rm -f ${kept}`,
  desired: (): BaculaDesired => ({
    operation: { kind: 'console', present: true, password },
  }),
}
