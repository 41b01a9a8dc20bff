import type { JobStep, RunStep } from '@/lib/agent'
import { dropLabPackage, installLabPackage, leaveLabPackage, makeLabPackage } from '@/lib/changes/testing/lab-package'
import type { Subject } from '../subjects'

const folder = '/etc/pollux-faults'
/** The file that the test agent writes. */
export const testPath = `${folder}/app.conf`
const made = `${folder}/made`

const run: RunStep = {
  kind: 'run',
  id: 'make',
  title: 'Make a file by a command',
  timeoutS: 5,
  run: ['touch', made],
  undo: { run: ['rm', '-f', made], timeoutS: 5 },
}

// Three seconds of work that shows that it goes on.
const job: JobStep = {
  kind: 'job',
  id: 'job',
  title: 'Long work',
  timeoutS: 5,
  run: ['sh', '-c', `for n in 1 2 3; do echo "$n" > ${made}; sleep 1; done`],
  progress: { file: made },
  stallS: 20,
  cleanUp: ['rm', '-f', made],
  whenCutShort: 'undo',
  undo: { run: ['rm', '-f', made], timeoutS: 5 },
}

const reset = `mkdir -p ${folder} && rm -f ${made} ${testPath} && printf 'old\\n' > ${testPath} && chown root:daemon ${testPath} && chmod 640 ${testPath}`
const wish = { path: testPath, bytes: 'new\n', expected: 'new' }

/** A file and a command with an undo, on one host. */
export const testSubject: Subject = {
  id: 'test',
  agentId: 'test',
  hosts: [['alder'], ['cedar'], ['umber'], ['sienna']],
  makes: [made],
  reset,
  leave: `rm -rf ${folder}`,
  desired: () => ({ ...wish, more: [run] }),
}

/** The same on two hosts, with a barrier between the file and the command. */
export const twoHostsSubject: Subject = {
  ...testSubject,
  id: 'two-hosts',
  hosts: [['birch', 'cedar']],
  desired: () => ({ ...wish, barrier: true, more: [run] }),
}

/** A file and long work behind it. */
export const jobSubject: Subject = {
  ...testSubject,
  id: 'job',
  hosts: [['alder']],
  desired: () => ({ ...wish, more: [job] }),
}

const installMoments = ['start.2', 'dpkg.2', 'middle.2', 'done.2', 'checks.-', 'undoing.2', 'undone.1']

/** A file and an installation behind it, also on kernels of their own. */
export const installSubject: Subject = {
  ...testSubject,
  id: 'install',
  hosts: [['birch'], ['sienna'], ['umber']],
  // What lies before the installation is the file of `testSubject`, which is done at all moments. Each call of systemctl
  // takes umber seconds, and an installation makes many.
  fewMoments: { birch: installMoments, sienna: installMoments, umber: ['dpkg.2', 'middle.2'] },
  makes: [],
  reset: `${makeLabPackage}${dropLabPackage}${reset}`,
  leave: `${leaveLabPackage}rm -rf ${folder}`,
  desired: () => ({ ...wish, more: [installLabPackage] }),
}
