import type { RunStep, Step } from '@/lib/agent'
import type { Operation, OperationOf } from './desired'
import { fed, inPattern, program } from './programs'

/** The steps of an operation, and the lines that the director is given. */
export interface Asked {
  title: string
  steps: Step[]
}

const readsOnly = { nothing: 'It only asks.' } as const

/** Everything but the console, which is files. `conf` is the console's file on the host. */
export function askedOf(wish: Exclude<Operation, { kind: 'console' }>, conf: string): Asked {
  switch (wish.kind) {
    case 'run':
      return runSteps(wish, conf)
    case 'cancel':
      return cancelSteps(wish, conf)
    case 'label':
      return labelSteps(wish, conf)
    case 'enable':
    case 'disable':
      return enableSteps(wish, conf)
    case 'prune':
      return pruneSteps(wish, conf)
    case 'volume-status':
      return statusSteps(wish, conf)
    default:
      return storageSteps(wish, conf)
  }
}

function step(
  id: string,
  title: string,
  command: Pick<RunStep, 'run' | 'input'>,
  undo: RunStep['undo'],
  timeoutS = 60,
): RunStep {
  return { kind: 'run', id, title, timeoutS, ...command, undo }
}

/** A step that only asks, and is the proof of those before it. */
function proof(id: string, title: string, command: Pick<RunStep, 'run' | 'input'>): RunStep {
  return { ...step(id, title, command, readsOnly), proves: true }
}

function listedStep(conf: string, ...pairs: readonly (readonly [list: string, name: string])[]): RunStep {
  const what = pairs.map(([, name]) => name).join(', ')
  return step('listed', `Ask the director whether it has ${what}`, fed('listed', conf, ...pairs.flat()), readsOnly, 120)
}

/** The console's line for a run: "run job=\"BackupA\" level=\"Full\" yes". */
export function runLine({ job, level, client, fileSet, tag }: OperationOf<'run'>): string {
  const words = [
    `job="${job}"`,
    ...(level === null ? [] : [`level="${level}"`]),
    ...(client === null ? [] : [`client="${client}"`]),
    ...(fileSet === null ? [] : [`fileset="${fileSet}"`]),
    `comment="${tag}"`,
  ]
  return `run ${words.join(' ')} yes`
}

function runSteps(wish: OperationOf<'run'>, conf: string): Asked {
  const pairs: [string, string][] = [
    ['.jobs', wish.job],
    ...(wish.client === null ? [] : [['.clients', wish.client] as [string, string]]),
    ...(wish.fileSet === null ? [] : [['.filesets', wish.fileSet] as [string, string]]),
  ]
  const line = runLine(wish)
  return {
    title: `Run ${wish.job}${wish.level === null ? '' : `, ${wish.level}`}`,
    steps: [
      listedStep(conf, ...pairs),
      {
        ...step(
          'run',
          `Tell the director: ${line}`,
          fed('runJob', conf, wish.tag, line),
          {
            ...fed('cancelTagged', conf, wish.tag),
            timeoutS: 100,
          },
          130,
        ),
        isUndone: program('isTaggedGone', conf, wish.tag),
        // A revert that is undone runs the job again; where it ended at once there is nothing that could be seen.
        isStanding: ['true'],
        notAtBoot: true,
      },
    ],
  }
}

function cancelSteps({ jobId, job }: OperationOf<'cancel'>, conf: string): Asked {
  return {
    title: `Cancel job ${jobId} (${job})`,
    steps: [
      step(
        'cancel',
        `Tell the director: cancel jobid=${jobId} yes`,
        fed('cancelJob', conf, String(jobId), job),
        { irreversible: 'A cancelled job cannot go on. It can be run again.' },
        120,
      ),
    ],
  }
}

function labelSteps({ volume, pool, storage }: OperationOf<'label'>, conf: string): Asked {
  const line = `label storage="${storage}" volume="${volume}" pool="${pool}" slot=0 drive=0`
  const wanted = `^Catalog record for Volume "${inPattern(volume)}", Slot 0 *successfully created`
  return {
    title: `Label the volume ${volume}`,
    steps: [
      listedStep(conf, ['.pools', pool], ['.storage', storage]),
      step('none-yet', `See that there is no volume ${volume}`, fed('volumeIsNone', conf, volume), readsOnly),
      step('label', `Tell the director: ${line}`, fed('told', conf, line, wanted), {
        irreversible: 'The label is written on the medium; bconsole’s delete takes only the record away.',
      }),
      proof('seen', `See it in the pool ${pool}`, fed('volumeInPool', conf, volume, pool)),
    ],
  }
}

const storageDone = {
  mount: '^3001 \\|^3906 .*always mounted',
  unmount: '^3002 \\|^3901 .*already unmounted',
  release: '^3022 \\|^3921 .*already released',
} as const

function storageSteps({ kind, storage }: OperationOf<'mount' | 'unmount' | 'release'>, conf: string): Asked {
  const line = `${kind} storage="${storage}" slot=0 drive=0`
  const verb = { mount: 'Mount', unmount: 'Unmount', release: 'Release' }[kind]
  return {
    title: `${verb} what is in ${storage}`,
    steps: [
      listedStep(conf, ['.storage', storage]),
      step(kind, `Tell the director: ${line}`, fed('told', conf, line, storageDone[kind]), {
        irreversible: 'What was in the drive before is not known. Mount or unmount it as you need it.',
      }),
    ],
  }
}

function enableSteps({ kind, job, seen }: OperationOf<'enable' | 'disable'>, conf: string): Asked {
  const [was, is] = kind === 'enable' ? ['Enabled=0', 'Enabled=1'] : ['Enabled=1', 'Enabled=0']
  const line = `${kind} job="${job}"`
  const back = `${kind === 'enable' ? 'disable' : 'enable'} job="${job}"`
  const done = (verb: string) => `^Job "${inPattern(job)}" ${verb}d$`
  return {
    title: `${kind === 'enable' ? 'Enable' : 'Disable'} the job ${job}`,
    steps: [
      listedStep(conf, ['.jobs', job]),
      step(
        'as-seen',
        `See that it is still ${seen}`,
        fed('jobIs', conf, job, was, `It is not ${seen} any more.`),
        readsOnly,
      ),
      {
        ...step(kind, `Tell the director: ${line}`, fed('told', conf, line, done(kind)), {
          ...fed('told', conf, back, done(kind === 'enable' ? 'disable' : 'enable')),
          timeoutS: 60,
        }),
        isUndone: program('jobIs', conf, job, was, 'It is not as it was.'),
        isStanding: program('jobIs', conf, job, is, `It is not ${kind}d.`),
        notAtBoot: true,
      },
      proof('seen', `See that it is ${kind}d`, fed('jobIs', conf, job, is, `It is not ${kind}d.`)),
    ],
  }
}

function pruneSteps({ volumes }: OperationOf<'prune'>, conf: string): Asked {
  return {
    title: volumes.length === 1 ? `Prune the volume ${volumes[0]}` : `Prune ${volumes.length} volumes`,
    steps: volumes.flatMap((volume, at) => [
      step(
        `full-${at + 1}`,
        `See that ${volume} is still Full or Used`,
        fed('volumeIs', conf, volume, '^ *volstatus: *\\(Full\\|Used\\) *$', 'Only Full and Used volumes are pruned.'),
        readsOnly,
      ),
      step(
        `prune-${at + 1}`,
        `Tell the director: prune volume="${volume}" yes`,
        fed('told', conf, `prune volume="${volume}" yes`, `Volume "${inPattern(volume)}"`),
        {
          irreversible:
            'Pruned jobs and files are gone from the catalog. The data stays on the volume until it is written over.',
        },
        600,
      ),
      proof(
        `purged-${at + 1}`,
        `See that ${volume} is Purged`,
        fed('volumeIs', conf, volume, '^ *volstatus: *\\(Purged\\|Recycle\\) *$', 'Jobs on it are still kept.'),
      ),
    ]),
  }
}

function statusSteps({ volume, status, seen }: OperationOf<'volume-status'>, conf: string): Asked {
  const line = (to: string) => `update volume="${volume}" volstatus="${to}"`
  const done = (to: string) => `^New Volume status is: ${to}$`
  const is = (to: string) => `^ *volstatus: *${to} *$`
  return {
    title: `Set the volume ${volume} to ${status}`,
    steps: [
      step(
        'as-seen',
        `See that it is still ${seen}`,
        fed('volumeIs', conf, volume, is(seen), `It is not ${seen} any more.`),
        readsOnly,
      ),
      {
        ...step('status', `Tell the director: ${line(status)}`, fed('told', conf, line(status), done(status)), {
          ...fed('toldWhenUp', conf, line(seen), done(seen)),
          timeoutS: 150,
        }),
        isUndone: program('volumeIs', conf, volume, is(seen), 'It is not as it was.'),
        isStanding: program('volumeIs', conf, volume, is(status), `It is not ${status}.`),
        undoAfterBoot: true,
      },
      proof('seen', `See that it is ${status}`, fed('volumeIs', conf, volume, is(status), `It is not ${status}.`)),
    ],
  }
}
