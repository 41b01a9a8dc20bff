/**
 * Pollux's own rules file. Its name sorts behind 60-block.rules and 60-persistent-storage.rules, which give the disk
 * its ID_SERIAL, and behind the 60-io…sched… files of vendors, so that it is read after them and wins (udev(7)).
 */
export const RULE_FILE = '/etc/udev/rules.d/60-pollux-ioscheduler.rules'

const COMMENT = '# Pollux: '
const WRITTEN = '# Written by Pollux: '
const UNDO = '# To undo by hand: '
const RULE =
  /^ACTION=="add\|change", SUBSYSTEM=="block", ENV\{DEVTYPE\}=="disk", (.+), ATTR\{queue\/scheduler\}="([a-z][a-z0-9_-]*)"$/

interface Line {
  text: string
  /** "\n", "\r\n", or "" at the end of a file without one. */
  eol: string
  /** What our kind of rule says; null for every other line. */
  rule: { match: string; scheduler: string } | null
}

/** A rules file as its lines; joined again they are the same bytes. */
export interface RulesDocument {
  lines: readonly Line[]
}

/** Takes any bytes (latin1). `printRules(parseRules(x)) === x` for every x. */
export function parseRules(bytes: string): RulesDocument {
  let continued = false
  const lines = (bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((raw): Line => {
    const eol = /\r?\n$/.exec(raw)?.[0] ?? ''
    const text = raw.slice(0, raw.length - eol.length)
    const [, match, scheduler] = (continued ? null : RULE.exec(text)) ?? []
    continued = text.endsWith('\\')
    return { text, eol, rule: match && scheduler ? { match, scheduler } : null }
  })
  return { lines }
}

export function printRules(document: RulesDocument): string {
  return document.lines.map((line) => line.text + line.eol).join('')
}

/** What the file sets for the device of this match; the last rule counts, as for udev. */
export function findRule(document: RulesDocument, match: string): string | null {
  return document.lines.findLast((line) => line.rule?.match === match)?.rule?.scheduler ?? null
}

/** The rule's line as it stands in the file. */
export function ruleText(match: string, scheduler: string): string {
  return `ACTION=="add|change", SUBSYSTEM=="block", ENV{DEVTYPE}=="disk", ${match}, ATTR{queue/scheduler}="${scheduler}"`
}

/** Sets the device's scheduler where its rule stands, else at the end. `name` is for the comment only. */
export function setRule(document: RulesDocument, match: string, scheduler: string, name: string): RulesDocument {
  if (document.lines.some((line) => line.rule?.match === match)) {
    return {
      lines: document.lines.map((line) => {
        if (line.rule?.match !== match || line.rule.scheduler === scheduler) return line
        return { ...line, text: ruleText(match, scheduler), rule: { match, scheduler } }
      }),
    }
  }
  const entry = `${COMMENT}this was ${name} when it was written\n${ruleText(match, scheduler)}\n`
  return parseRules(`${openEnd(printRules(document))}${entry}`)
}

// A last line without its end, or ending in a backslash, would swallow what comes behind it.
function openEnd(bytes: string): string {
  if (bytes === '') return newHeader()
  const ended = bytes.endsWith('\n') ? bytes : `${bytes}\n`
  return /\\\r?\n$/.test(ended) ? `${ended}\n` : ended
}

function newHeader(): string {
  return [
    `${WRITTEN}the I/O scheduler of single disks, set when a disk appears.`,
    `${UNDO}remove this file, then run "udevadm control --reload-rules".`,
    '',
    '',
  ].join('\n')
}

/** Takes the device's rule out, with our comment right above it. */
export function removeRule(document: RulesDocument, match: string): RulesDocument {
  const lines = document.lines.filter((line, index) => {
    const isComment = line.text.startsWith(COMMENT) && document.lines[index + 1]?.rule?.match === match
    return !isComment && line.rule?.match !== match
  })
  return { lines }
}

/** Whether nothing but our header is left, so that the file itself can go. */
export function isEmptyOfRules(document: RulesDocument): boolean {
  return document.lines.every(({ text }) => text.trim() === '' || text.startsWith(WRITTEN) || text.startsWith(UNDO))
}
