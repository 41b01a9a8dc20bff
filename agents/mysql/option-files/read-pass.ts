import type { ConfigFile } from '@/lib/agent/config-file'
import { type IncludeLine, type Line, type OddLine, type OptionLine, parseOptionFile, stops } from './document'
import { isTaken, namesToRead, sortsFolders } from './folder-rules'
import { readOptionName } from './option-name'
import { whyIgnored, whyOdd } from './problem-text'
import type { OptionSources, ProblemEffect, ReadFile, ReadFolder, ReadOrder, ReadProblem, Setting } from './read-order'

/** Includes are followed this deep; a start file's own are the first. */
const MAX_DEPTH = 10
/** Files that include each other in a folder multiply; nobody has this many. */
const MAX_READINGS = 500

/** One way through the files. What it finds, it collects. */
export class ReadPass {
  /** The server reads no further, and does not start. */
  isStopped = false
  private isComplete = true
  private isOrderSure = true
  private readonly files: ReadFile[] = []
  private readonly folders: ReadFolder[] = []
  private readonly settings: Setting[] = []
  private readonly problems: ReadProblem[] = []
  /** The files that are being read: each one was included by the one before it. */
  private readonly chain: string[] = []

  constructor(private readonly sources: OptionSources) {}

  result(): ReadOrder {
    const { files, folders, settings, problems, isComplete, isOrderSure } = this
    return { files, folders, settings, problems, isComplete, isOrderSure }
  }

  readStartFile(path: string): void {
    const { home } = this.sources
    if (path.startsWith('~/') && !home) {
      this.isComplete = false
      this.say(path, null, 'unsure', 'It is not known whose home the server reads this file in.')
    } else this.read(path.startsWith('~/') ? `${home?.replace(/\/$/, '')}${path.slice(1)}` : path, null, null)
  }

  private read(path: string, by: ReadFile['by'], folder: number | null): void {
    const file = this.sources.fileAt(path)
    if (file.state !== 'there') this.sayNotThere(path, by, file)
    // Nothing is read of a folder, nor of a link that leads nowhere.
    if (file.state !== 'there' || file.type === 'directory' || (file.type === 'link' && file.bytes === '')) return
    const ignored = whyIgnored(file, this.sources.readsAs ?? null)
    if (ignored) this.say(path, null, 'ignored', ignored)
    else if (this.files.length >= MAX_READINGS) {
      this.isComplete = false
      this.say(path, null, 'unsure', `More than ${MAX_READINGS} files are included; the rest was not looked at.`)
    } else {
      const document = parseOptionFile(file.bytes)
      const reading = this.files.push({ path, document, by, folder, mode: file.mode }) - 1
      this.chain.push(path)
      this.readLines(document.lines, path, reading)
      this.chain.pop()
    }
  }

  private readLines(lines: readonly Line[], path: string, reading: number): void {
    let group = ''
    for (const line of lines) {
      if (line.kind === 'group') group = line.name
      else if (line.kind === 'option') this.takeOption(line, { file: path, group, reading })
      else if (line.kind === 'odd' && !this.passOdd(line, path)) return
      else if ((line.kind === 'include' || line.kind === 'includedir') && !this.follow(line, path)) return
    }
  }

  /** False when the server reads no further in this file. */
  private passOdd({ why, line }: OddLine, path: string): boolean {
    if (stops.has(why)) {
      this.stop(path, line, whyOdd[why])
      return false
    }
    if (why === 'too-long') this.isComplete = false
    const effect = why === 'no-name' ? 'stops-server' : why === 'too-long' ? 'unsure' : 'ignored'
    this.say(path, line, effect, whyOdd[why])
    return true
  }

  private takeOption(line: OptionLine, where: Pick<Setting, 'file' | 'group' | 'reading'>): void {
    const { name, value, isLoose } = readOptionName(line.name, line.value, { version: this.sources.version })
    const raw = line.raw.replace(/\r?\n$/, '')
    this.settings.push({ name, value, isLoose, raw, line: line.line, written: line.name, ...where })
  }

  /** False when the server leaves out the rest of the file with this line. */
  private follow(line: IncludeLine, file: string): boolean {
    const by = { file, line: line.line }
    if (this.chain.length > MAX_DEPTH) {
      this.say(
        file,
        line.line,
        'ignored',
        `This include is more than ${MAX_DEPTH} files deep; the server leaves it out.`,
      )
      return true
    }
    if (!line.path.startsWith('/')) {
      this.isComplete = false
      this.say(
        file,
        line.line,
        'unsure',
        `"${line.path}" is no absolute path: what it leads to depends on where the server is started.`,
      )
      return true
    }
    if (line.kind === 'includedir') return this.followFolder(line.path.replace(/(?<=.)\/+$/, ''), by)
    if (this.chain.includes(line.path))
      this.say(
        file,
        line.line,
        'note',
        `This file includes ${line.path}, which includes it: the server reads them again and again, ${MAX_DEPTH} deep.`,
      )
    this.read(line.path, by, null)
    return true
  }

  private followFolder(path: string, by: { file: string; line: number }): boolean {
    const folder = this.sources.listDir(path)
    if (folder.state === 'absent') {
      this.stop(by.file, by.line, `The folder ${path} that it includes is not there.`)
      return false
    }
    if (folder.state === 'unread') {
      this.isComplete = false
      this.say(by.file, by.line, 'unsure', `The folder ${path} that it includes could not be read: ${folder.why}.`)
      return true
    }
    const { version } = this.sources
    const names = namesToRead(folder.names, version)
    if (!sortsFolders(version) && names.length > 1) {
      this.isOrderSure = false
      this.say(by.file, by.line, 'unsure', `It is not certain that this server reads the files of ${path} in order.`)
    }
    const index = this.folders.push({ path, by, names, at: this.settings.length, end: this.settings.length }) - 1
    for (const name of names) {
      const inside = `${path === '/' ? '' : path}/${name}`
      if (isTaken(name, version) === 'unsure') {
        this.isComplete = false
        this.say(inside, null, 'unsure', 'Not every server of this age reads a file with two dots in its name.')
      }
      if (this.chain.includes(inside))
        this.say(by.file, by.line, 'note', `${inside} includes its own folder: the server reads it again and again.`)
      this.read(inside, by, index)
    }
    const done = this.folders[index]
    if (done) this.folders[index] = { ...done, end: this.settings.length }
    return true
  }

  private sayNotThere(path: string, by: ReadFile['by'], file: Exclude<ConfigFile, { state: 'there' }>): void {
    if (file.state === 'unread') {
      this.isComplete = false
      this.say(path, null, 'unsure', `The server may read this file, but Pollux could not: ${file.why}.`)
    } else if (by) this.say(by.file, by.line, 'note', `${path} is not there; the server passes over it.`)
  }

  /** A start file that cannot be understood stops the server, an included one only loses its rest. */
  private stop(file: string, line: number, why: string): void {
    if (this.chain.length === 1) this.isStopped = true
    const [effect, then] = this.isStopped
      ? (['stops-server', 'The server does not start with it.'] as const)
      : (['stops-file', 'The server leaves out the rest of this file.'] as const)
    this.say(file, line, effect, `${why} ${then}`)
  }

  /** A file that is read several times is complained of once. */
  private say(file: string, line: number | null, effect: ProblemEffect, text: string): void {
    const isSaid = this.problems.some((said) => said.file === file && said.line === line && said.text === text)
    if (!isSaid) this.problems.push({ file, line, effect, text })
  }
}
