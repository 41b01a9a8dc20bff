import { readFileSync } from 'node:fs'

export type Theme = 'light' | 'dark'
/** Red, green, blue from 0 to 255 and alpha from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number]

/** The custom properties of a style sheet's `:root` rules, as written; the first rule that names one counts. */
export function readTokens(path: string): ReadonlyMap<string, string> {
  const css = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const tokens = new Map<string, string>()
  for (const [, name, value] of css.matchAll(/(--[\w-]+)\s*:\s*([^;]+);/g)) {
    if (name && value && !tokens.has(name)) tokens.set(name, value.trim())
  }
  return tokens
}

/** The colour of a token in a theme, through `var()` and `light-dark()`. Throws with the token's name when it is none. */
export function colourOf(tokens: ReadonlyMap<string, string>, name: string, theme: Theme): Colour {
  const value = tokens.get(name)
  if (value === undefined) throw new Error(`expected a token ${name}, got none`)
  return parse(tokens, value, theme, name)
}

function parse(tokens: ReadonlyMap<string, string>, value: string, theme: Theme, name: string): Colour {
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1]
  if (other === name) throw new Error(`expected a colour for ${name}, got itself`)
  if (other) return colourOf(tokens, other, theme)
  const both = /^light-dark\((.+)\)$/.exec(value)?.[1]
  if (both) {
    const [light, dark, ...more] = splitArguments(both)
    if (!light || !dark || more.length > 0) throw new Error(`expected two colours for ${name}, got ${value}`)
    return parse(tokens, theme === 'light' ? light : dark, theme, name)
  }
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(value)
  if (hex) return [byte(hex[1]), byte(hex[2]), byte(hex[3]), 1]
  const rgb = /^rgb\((\d+) (\d+) (\d+) \/ (\d*\.?\d+)\)$/.exec(value)
  if (rgb) return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3]), Number(rgb[4])]
  throw new Error(`expected #rrggbb, rgb(r g b / a), light-dark() or var() for ${name}, got ${value}`)
}

function splitArguments(text: string): string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const char of text) {
    if (char === '(') depth++
    if (char === ')') depth--
    if (char === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts.map((part) => part.trim())
}

function byte(hex: string | undefined): number {
  return Number.parseInt(hex ?? '', 16)
}

/** WCAG 2.2, relative luminance and contrast ratio: 1 to 21. What is see-through is laid on its ground first. */
export function contrastOf(front: Colour, ground: Colour): number {
  const [red, green, blue, alpha] = front
  const over = (channel: number, below: number) => channel * alpha + below * (1 - alpha)
  const lights = [
    luminance(over(red, ground[0]), over(green, ground[1]), over(blue, ground[2])),
    luminance(ground[0], ground[1], ground[2]),
  ]
  return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05)
}

function luminance(...channels: [number, number, number]): number {
  const [red, green, blue] = channels.map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}
