// Who runs on a data folder: a note for the sentence that refuses the second one. The lock itself is in hold.mjs.
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hold } from './hold.mjs'
import { Refusal } from './refusal.mjs'

/** Throws a Refusal when the process that the note names is still the one that wrote it. Works before anything is installed. */
export function refuseIfRunning(dataDir) {
  const note = readNote(dataDir)
  if (note && note.born !== null && note.born === bornAt(note.pid)) throw new Refusal(sentence(dataDir, note))
}

/** Makes the data folder its owner's alone and takes its lock; throws a Refusal when another Pollux has it. */
export async function takeDataDir(dataDir, url) {
  ensureDataDir(dataDir)
  const held = await hold(join(dataDir, 'running.lock'), 'alone')
  if (!held) throw new Refusal(sentence(dataDir, readNote(dataDir)))
  writeFileSync(noteFile(dataDir), `${JSON.stringify({ pid: process.pid, born: bornAt(process.pid), url })}\n`, {
    mode: 0o600,
  })
  return {
    release() {
      rmSync(noteFile(dataDir), { force: true })
      held.release()
    },
  }
}

/** Makes the data folder, and its owner's alone; throws a Refusal when that can't be. */
export function ensureDataDir(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    chmodSync(dataDir, 0o700)
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    throw new Refusal(
      `The data folder ${dataDir} can't be made or written (${error.code}). Name another in POLLUX_DATA.`,
    )
  }
}

function sentence(dataDir, note) {
  const who = note ? `process ${note.pid}${note.url ? `, ${note.url}` : ''}` : 'another process'
  return `Pollux already runs on ${dataDir} (${who}). End it first, or name another folder in POLLUX_DATA.`
}

function noteFile(dataDir) {
  return join(dataDir, 'running.json')
}

function readNote(dataDir) {
  try {
    return JSON.parse(readFileSync(noteFile(dataDir), 'utf8'))
  } catch {
    return null
  }
}

// A process id comes round again; together with the boot and the start time it does not (proc(5), field 22 of stat).
function bornAt(pid) {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${afterName.split(' ')[19]}`
  } catch {
    return null
  }
}
