import type { BasisItem, Check, Finding, PlanHost, Step } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import { basisOf } from './basis'
import { type BootFile, bootLine, rcLocalAfter, rulesFileAfter } from './boot-file'
import { type BootWay, bootWayOf } from './boot-way'
import { type HostChoices, resolveChoices } from './choices'
import type { SchedulerDesired } from './desired'
import type { SchedulerFacts } from './facts'
import { fileFindings, hostFindings } from './findings'
import { holdsBlock } from './kept-at-boot'
import { startScripts } from './start-scripts'
import {
  fileCheck,
  fileStep,
  knobCheck,
  knobStep,
  serialCheck,
  settleStep,
  stepId,
  syntaxStep,
  triggerStep,
} from './steps'
import { RULE_FILE } from './udev-rules'

type Host = PlanHost<SchedulerFacts>
type GoodFile = Extract<BootFile, { ok: true }>

/** One host's part of the plan. */
export interface HostPlan {
  hostId: string
  name: string
  choices: HostChoices
  steps: Step[]
  checks: Check[]
  basis: BasisItem[]
  findings: Finding[]
}

/** Plans one host. `index` is its place among the hosts of the plan. Throws AppError `invalid` with a sentence. */
export function planHost(host: Host, index: number, desired: SchedulerDesired): HostPlan {
  const choices = resolveChoices(host, desired)
  const way = bootWayOf(host.facts)
  const keep = desired.persistence === 'boot' && choices.set.length > 0
  const files = filesAfter(host, keep ? choices : { set: [], leave: choices.leave }, way, keep)
  const fileSteps = files.flatMap((file, place) => stepsOfFile(index, place, file, way))
  const steps = [...fileSteps, ...liveSteps(index, choices, keep && way.way === 'udev')]
  return {
    hostId: host.hostId,
    name: host.name,
    choices,
    steps,
    checks: steps.length === 0 ? [] : checksOf(host.hostId, index, choices, files, keep ? way : null),
    basis: basisOf(host, choices, way),
    findings: [
      ...hostFindings(host, choices, desired.persistence, way),
      ...files.flatMap((file) => fileFindings(host, file)),
    ],
  }
}

/** The files that may have to change: the one of the host's way, and any that still names a disk that is left. */
function filesAfter(host: Host, choices: HostChoices, way: BootWay, keep: boolean): GoodFile[] {
  const { facts, name } = host
  if (keep && way.way === 'none') {
    throw refuse(
      `${name} ${way.why}, so nothing can be set at every boot. Choose to set it until the next reboot only.`,
    )
  }
  if (keep && way.way === 'udev' && !facts.rulesFolder) {
    throw refuse(
      `/etc/udev/rules.d is missing on ${name}. Make it (mkdir -p /etc/udev/rules.d), then read the facts again.`,
    )
  }
  // What the host's way keeps must not stand in another file too: that one would outlive a later change.
  const elsewhere = {
    set: [],
    leave: [...choices.leave, ...choices.set.map(({ device }) => ({ identity: device.identity, device }))],
  }
  const files: BootFile[] = []
  if (keep && way.way === 'udev') files.push(rulesFileAfter(facts, way.path, choices))
  else if (elsewhere.leave.length > 0 && facts.ruleFile.state === 'there' && facts.ruleFile.type === 'file') {
    files.push(rulesFileAfter(facts, RULE_FILE, elsewhere))
  }
  for (const { path, document } of startScripts(facts)) {
    if (keep && way.way === 'rc-local' && way.path === path) files.push(rcLocalAfter(path, document, choices))
    else if (elsewhere.leave.length > 0 && holdsBlock(document)) files.push(rcLocalAfter(path, document, elsewhere))
  }
  return files.map((file) => {
    if (file.ok) return file
    throw refuse(`${file.path} on ${name} ${file.why}. Or choose to set it until the next reboot only.`)
  })
}

function stepsOfFile(index: number, place: number, file: GoodFile, way: BootWay): Step[] {
  const isRules = file.path === RULE_FILE
  const word = isRules ? 'rule' : `script-${place + 1}`
  const step = fileStep(stepId(index, word), file, way)
  if (!step) return []
  const bytes = file.after?.bytes
  return isRules || bytes === undefined ? [step] : [step, syntaxStep(stepId(index, word, 'syntax'), file.path, bytes)]
}

function liveSteps(index: number, choices: HostChoices, byRule: boolean): Step[] {
  const changed = choices.set.filter(({ device, scheduler }) => device.active !== scheduler)
  if (changed.length === 0) return []
  if (!byRule)
    return changed.map((choice, place) => knobStep(stepId(index, 'set', `${place + 1}`, choice.device.name), choice))
  const triggers = changed.map((choice, place) =>
    triggerStep(stepId(index, 'set', `${place + 1}`, choice.device.name), choice),
  )
  return [...triggers, settleStep(stepId(index, 'settle'))]
}

function checksOf(
  hostId: string,
  index: number,
  choices: HostChoices,
  files: readonly GoodFile[],
  way: BootWay | null,
): Check[] {
  const perDisk = choices.set.flatMap((choice, place) => {
    const { name } = choice.device
    const id = (word: string) => stepId(index, word, `${place + 1}`, name)
    const list = [knobCheck(id('uses'), hostId, choice)]
    if (way && way.way !== 'none') {
      const title = `${way.path} sets ${choice.scheduler} for ${name}`
      list.push(fileCheck(id('kept'), hostId, title, way.path, bootLine(way, choice)))
    }
    const serial = way?.way === 'udev' ? serialCheck(id('serial'), hostId, choice) : null
    return serial ? [...list, serial] : list
  })
  const gone = files.flatMap((file, place) =>
    file.after === null && file.before !== null
      ? [fileCheck(stepId(index, 'gone', `${place + 1}`), hostId, `${file.path} is gone`, file.path, null)]
      : [],
  )
  return [...perDisk, ...gone]
}
