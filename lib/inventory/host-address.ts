/** What a host's address may be: an IPv4 or IPv6 address, or a name as RFC 1123 section 2.1 allows. */
export type AddressReading =
  | { ok: true; address: string; family: 'ipv4' | 'ipv6' | 'name' }
  | { ok: false; problem: string }

/**
 * Reads what a person typed as an address. Pure and free of Node, so that the form and the server say the same.
 * Gives back the form that is stored: names in lower case without the last dot, IPv6 compressed and without brackets.
 */
export function readAddress(typed: string): AddressReading {
  const text = typed.trim()
  const wrong = shapeProblem(text)
  if (wrong) return problem(wrong)
  if (/^[\d.]+$/.test(text)) return readIpv4(text)
  if (text.includes(':')) return readIpv6(text)
  return readName(text)
}

/** An address as it stands in front of a port: IPv6 in brackets. */
export function withPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function shapeProblem(text: string): string | null {
  if (text === '') return 'Type an IP address or a name.'
  if (text.includes('://')) return `This is a URL. Type only the host in it${hostOfUrl(text)}.`
  if (/\s/.test(text)) return 'An address has no spaces in it.'
  if (text.includes('@')) return 'The login has its own field. Type only what stands behind the @.'
  if (text.includes('/')) return 'This has a slash in it. Type the address of one host, not of a network or a page.'
  if (/^\[.*\]:\d+$/.test(text) || /^[^:]+:\d+$/.test(text))
    return 'The port has its own field. Type only the part before the last colon.'
  return null
}

function hostOfUrl(text: string): string {
  try {
    const host = new URL(text).hostname
    return host ? `: ${host}` : ''
  } catch {
    return ''
  }
}

function readIpv4(text: string): AddressReading {
  const parts = text.split('.')
  if (parts.length !== 4) return problem(`An IPv4 address has four parts; this has ${parts.length}.`)
  for (const [index, part] of parts.entries()) {
    const place = ['first', 'second', 'third', 'last'][index]
    if (part === '') return problem(`The ${place} part is empty.`)
    // inet_aton reads 010 as octal 8, others as 10: nobody should have to guess which host is meant.
    if (part.length > 1 && part.startsWith('0')) return problem(`The ${place} part begins with 0. Write it without.`)
    if (Number(part) > 255) return problem(`The ${place} part is ${part}; it goes up to 255.`)
  }
  const first = Number(parts[0])
  if (first === 0) return problem(`${text} stands for no host. Type the address at which it answers.`)
  if (first >= 224 && first < 240) return problem(`${text} is a multicast group, not one host.`)
  if (text === '255.255.255.255') return problem(`${text} is the broadcast address, not one host.`)
  if (first >= 240) return problem(`${text} is in a reserved range (240 to 255), where no host can be.`)
  return { ok: true, address: text, family: 'ipv4' }
}

function readIpv6(text: string): AddressReading {
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  const [digits = '', zone, ...more] = bare.split('%')
  const canonical = canonicalIpv6(digits)
  if (canonical === null || more.length > 0)
    return problem('This is not an IPv6 address: eight groups of up to four of 0-9 and a-f, with :: once at most.')
  if (zone !== undefined && !/^[A-Za-z0-9_.-]{1,15}$/.test(zone))
    return problem('Behind the % stands the name of an interface, such as eth0.')
  if (canonical === '::') return problem(':: stands for no host. Type the address at which it answers.')
  if (canonical.startsWith('ff')) return problem(`${canonical} is a multicast group, not one host.`)
  if (canonical.startsWith('::ffff:')) return problem('This is an IPv4 address in IPv6 clothes. Type it as IPv4.')
  if (/^fe[89ab]/.test(canonical) && zone === undefined)
    return problem(`A link-local address needs the interface that leads to it: ${canonical}%eth0.`)
  return { ok: true, address: zone === undefined ? canonical : `${canonical}%${zone}`, family: 'ipv6' }
}

// The URL parser of the platform knows every spelling of IPv6 and prints the one of RFC 5952.
function canonicalIpv6(digits: string): string | null {
  if (!/^[0-9A-Fa-f:.]+$/.test(digits)) return null
  try {
    return new URL(`http://[${digits}]/`).hostname.slice(1, -1)
  } catch {
    return null
  }
}

function readName(text: string): AddressReading {
  const name = text.toLowerCase().replace(/\.$/, '')
  if (/[^\x00-\x7f]/.test(name)) return problem(`A name in DNS is ASCII${asciiForm(name)}.`)
  if (name.length > 253) return problem(`A name has at most 253 characters; this has ${name.length}.`)
  const labels = name.split('.')
  for (const label of labels) {
    if (label === '') return problem('Between two dots stands nothing.')
    if (label.length > 63) return problem(`Each part of a name has at most 63 characters; one has ${label.length}.`)
    const odd = label.match(/[^a-z0-9-]/)
    if (odd) return problem(`A name is made of letters, digits, - and dots; this has “${odd[0]}”.`)
    if (label.startsWith('-') || label.endsWith('-')) return problem('No part of a name begins or ends with -.')
  }
  if (/^\d+$/.test(labels.at(-1) ?? ''))
    return problem('The last part of a name is not a number. Is it an IP address with a slip?')
  return { ok: true, address: name, family: 'name' }
}

function asciiForm(name: string): string {
  try {
    const ascii = new URL(`http://${name}/`).hostname
    return ascii.startsWith('xn--') || ascii.includes('.xn--') ? `. Type ${ascii}` : ''
  } catch {
    return ''
  }
}

function problem(sentence: string): AddressReading {
  return { ok: false, problem: sentence }
}
