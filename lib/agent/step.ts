import type { Argv, ReadingArgv } from './argv'

/** The explicit word that a step cannot be taken back, with the reason that the screen shows. */
export interface Irreversible {
  irreversible: string
}

/** A step that leaves nothing behind (a lint, a settle), with the reason that the screen shows. */
export interface NothingToUndo {
  nothing: string
}

/** Undo by a command that is safe after its step ran not at all, half, or fully. */
export interface UndoRun {
  run: Argv
  input?: string
  timeoutS: number
}

/** Undo by writing back what the kernel knob said before; a knob that is gone needs no undo. */
export interface UndoKnob {
  knob: string
  value: string
}

/** Undo by the copy that the supervisor made before the first write (or by removing what was not there). */
export interface UndoCopy {
  copy: true
}

interface StepBase {
  /** Unique in its plan; letters, digits, `.` and `-`. */
  id: string
  /** What it does, in the words of the screen: "Keep it over a reboot". */
  title: string
  /** Seconds after which the step counts as failed and is ended. */
  timeoutS: number
}

/** Writes a whole file, by a staged sibling and a rename. Mode and owner are those asked for. */
export interface FileStep extends StepBase {
  kind: 'file'
  /** Absolute, and no symbolic link: the agent resolves links when it plans. */
  path: string
  /** What stands there now (latin1, one char a byte); null when there is no such file. The host refuses to write over anything else. */
  before: { bytes: string; mode: string; owner: string; group: string } | null
  /** What will stand there; null removes the file. */
  after: { bytes: string; mode: string; owner: string; group: string } | null
  /** Makes the file count (a reload); run after the write and again after the undo. */
  activate?: { run: Argv; timeoutS: number }
  /** Who else writes this file (debconf, Ansible), if its text says so. */
  managedBy?: string
  undo: UndoCopy | Irreversible
}

/** Writes one value to a kernel knob (sysfs, /proc/sys): the bare value and a newline. */
export interface KnobStep extends StepBase {
  kind: 'knob'
  path: string
  value: string
  /** What it says now, as it must be written to go back. */
  before: string
  undo: UndoKnob | Irreversible
}

/** Runs one command. */
export interface RunStep extends StepBase {
  kind: 'run'
  run: Argv
  input?: string
  /** Tells, by reading alone, whether the step's work is there (exit 0): asked when a start was recorded and no end. */
  isDone?: ReadingArgv
  undo: UndoRun | UndoKnob | NothingToUndo | Irreversible
}

export type Step = FileStep | KnobStep | RunStep

/** The steps one host runs in one phase, in order. */
export interface HostSteps {
  hostId: string
  steps: readonly Step[]
}

/** What all hosts finish before any goes on. */
export interface Phase {
  id: string
  title: string
  note?: string
  hosts: readonly HostSteps[]
}
