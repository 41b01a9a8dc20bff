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
  /** Waits for what the step set off and what may write the knob later; run before the undo, however it ends. */
  wait?: { run: Argv; timeoutS: number }
}

/** Undo by the copy that the supervisor made before the first write (or by removing what was not there). */
export interface UndoCopy {
  copy: true
}

/** Undo by bringing the address back to where it was before. */
export interface UndoAddress {
  address: true
}

/**
 * Undo of an installation: what came stays, its services are stopped and kept from starting, and the journal lists it.
 * What was cut short is brought to an end, or goes again where it came only by half.
 */
export interface UndoInstall {
  disable: true
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
  /** Its folder is made where it is missing (one level), and goes again when the change ends and leaves it empty. */
  makesFolder?: true
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

/** Stands for the folder of `RunStep.shadow` among a command's words. */
export const shadowFolder = '@shadow@'

/** Runs one command. */
export interface RunStep extends StepBase {
  kind: 'run'
  run: Argv
  input?: string
  /**
   * Files that are laid, under their own names, into a folder of the change's for as long as the command runs: as the
   * change will write them, or as they stand where it does not. The word `shadowFolder` among the command's words is that
   * folder's path. So a program can look at all files together before the first of them is written (rule 9).
   */
  shadow?: readonly string[]
  /** It changes nothing and proves what the steps before it did: shown among the change's proof. Where it fails, all is undone. */
  proves?: true
  /** Tells, by reading alone, whether the step's work is there (exit 0): asked when a start was recorded and no end. */
  isDone?: ReadingArgv
  /** What its undo talks to has not started yet while the host boots, and reads the files by itself: left out then. */
  notAtBoot?: true
  /**
   * What its undo talks to has not started yet while the host boots, and would keep what the step did: the undo of the
   * change waits for the end of the boot then, and this one for what it talks to.
   */
  undoAfterBoot?: true
  /** KiB that its undo needs to write in (a service that starts): kept free for it beside Pollux's state on the host. */
  undoRoomKib?: number
  /** Tells, by its exit code, whether all is as before; asked once everything was undone. */
  isUndone?: Argv
  /** The same for a revert of the step that was undone: whether its work is there. Without it `isUndone` holds both ways. */
  isStanding?: Argv
  undo: UndoRun | UndoKnob | NothingToUndo | Irreversible
}

/** Puts one address on a network device, or takes it off, live. What keeps it over a boot is a file step beside it. */
export interface AddressStep extends StepBase {
  kind: 'address'
  device: string
  /** With its prefix: `192.0.2.10/32`, `2001:db8::10/128`. */
  address: string
  /** IPv4 only: `eth0:0`, so that old tools show it. At most 15 characters. */
  label?: string
  /** Whether it shall be there. */
  present: boolean
  /** Whether it is there now. */
  before: boolean
  /**
   * Nobody else may hold it at the same time: it is put on only after nobody answered for it. In an undo the host asks
   * until nobody does, for as long as it takes.
   */
  exclusive: boolean
  /** Whether neighbours are told of it (gratuitous ARP) when it was put on. */
  announce: boolean
  undo: UndoAddress | Irreversible
}

/** Installs packages from the host's own package sources. Never removes one. */
export interface InstallStep extends StepBase {
  kind: 'install'
  /** By the host's package manager. */
  manager: 'apt'
  packages: readonly string[]
  /** Units that come with them: not started by the installation, stopped and disabled by the undo. */
  units: readonly string[]
  undo: UndoInstall
}

/**
 * Long work: it may take as long as it shows progress, and no total time. While it runs no deadline ends the change, so
 * a guarded plan has none.
 */
export interface JobStep extends StepBase {
  kind: 'job'
  /** The work itself, in the foreground; it ends when the work has. `timeoutS` is for cleaning up. */
  run: Argv
  input?: string
  /** Read every other second: as long as what it prints changes, the work goes on. */
  progress: { file: string } | { command: ReadingArgv }
  /** Seconds without progress after which it counts as stuck and is ended. */
  stallS: number
  /** Removes what an unfinished run left; run after a failure, a stop, and before another start. */
  cleanUp: Argv
  /** What happens when the host's supervisor died in the middle: the change is undone, or the work is begun again. */
  whenCutShort: 'undo' | 'again'
  undo: UndoRun | NothingToUndo | Irreversible
}

export type Step = FileStep | KnobStep | RunStep | AddressStep | InstallStep | JobStep

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
