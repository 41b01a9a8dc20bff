import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabHost } from '@/e2e/lab/lab'
import { clientOptions } from './open-ssh'
import { runCommand } from './run-command'

/** Ansible as somebody who knows it sets it up: 20 forks, pipelining, connections kept for ten minutes. */
export interface Ansible {
  /** `ansible all` with these words; gives milliseconds. */
  runModule(words: readonly string[]): Promise<number>
  /** `ansible-playbook` with these words; gives milliseconds and what it said. */
  runPlaybook(words: readonly string[]): Promise<{ ms: number; stdout: string }>
  endConnections(): Promise<void>
}

/** Makes it. `dir` must be short, as sockets lie in it; nothing is read or written elsewhere. */
export function ansible(dir: string, hosts: readonly LabHost[]): Ansible {
  const [inventory, config, sockets] = [join(dir, 'hosts'), join(dir, 'ansible.cfg'), join(dir, 's')]
  const options = clientOptions(dir, hosts).join(' ')
  mkdirSync(sockets, { recursive: true })
  writeFileSync(
    inventory,
    hosts.map((host) => `${host.name} ansible_host=${host.address} ansible_user=root\n`).join(''),
  )
  writeFileSync(
    config,
    [
      '[defaults]',
      `inventory = ${inventory}`,
      'forks = 20',
      // Else it would look for one on every host.
      'interpreter_python = /usr/bin/python3',
      `local_tmp = ${join(dir, 'tmp')}`,
      'nocows = 1',
      '[ssh_connection]',
      'pipelining = True',
      `control_path_dir = ${sockets}`,
      'control_path = %(directory)s/%%h',
      `ssh_args = -C -o ControlMaster=auto -o ControlPersist=600s ${options}`,
    ].join('\n'),
  )
  const env = { ANSIBLE_CONFIG: config, HOME: dir, LC_ALL: 'C.UTF-8' }
  const addresses = hosts.map((host) => host.address).join(' ')
  const end = `for host in ${addresses}; do [ ! -S ${sockets}/$host ] || ssh -F none -o LogLevel=ERROR -S ${sockets}/$host -O exit $host; done`
  return {
    runModule: async (words) => (await runCommand(['ansible', 'all', ...words], { env })).ms,
    runPlaybook: (words) => runCommand(['ansible-playbook', ...words], { env }),
    endConnections: async () => void (await runCommand(['sh', '-c', end])),
  }
}
