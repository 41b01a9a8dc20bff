import { argumentOf, FIELDS, type Word } from './master-words'
import { splitNameValue } from './name-value'

/** One `-o` among an entry's words. */
export interface OptionAt {
  name: string
  /** Trimmed; of the form in braces, what stands inside. */
  value: string
  /** The index of the word with the value. The word before it is the `-o`, unless both are one word (`-oname=value`). */
  valueWord: number
  /** How many chars of that word stand before the name: 2 for `-oname=value`, 0 for a word of its own. */
  attached: number
}

export interface OptionsRead {
  options: readonly OptionAt[]
  /** The index of the first word that is no option any more (or `--`): everything from there is the program's own. */
  end: number
  /** Clauses about what the program would die of: "-o lacks its value". */
  broken: readonly string[]
}

// master/multi_server.c: the letters that take a value. getopt(3) stops at the first word that is no option.
const TAKES_VALUE = /^[imnorst]$/

/** The options among the words behind the command, as the daemons read them. */
export function readOptions(words: readonly Word[]): OptionsRead {
  const options: OptionAt[] = []
  const broken: string[] = []
  let at = FIELDS
  for (; at < words.length; at += 1) {
    const word = argumentAt(words, at)
    if (word === '--' || !/^-./.test(word)) break
    const letter = [...word].findIndex((char, place) => place > 0 && TAKES_VALUE.test(char))
    if (letter < 0) continue
    const attached = letter + 1 < word.length ? letter + 1 : 0
    if (attached === 0) at += 1
    if (word.charAt(letter) !== 'o') continue
    if (at >= words.length) broken.push('-o lacks its value')
    else {
      const split = splitNameValue(argumentAt(words, at).slice(attached))
      if (split.ok) options.push({ name: split.name, value: split.value, valueWord: at, attached })
      else broken.push(`the value of -o ${split.why}`)
    }
  }
  return { options, end: Math.min(at, words.length), broken }
}

// What has no closing brace is a problem of its own; here it is read as it stands.
function argumentAt(words: readonly Word[], at: number): string {
  const word = words[at]
  return word ? (argumentOf(word) ?? word.text) : ''
}
