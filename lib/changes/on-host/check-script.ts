import { type Check, type HostCheck, isFarCheck } from '@/lib/agent'
import { quoteArgv, shellQuote } from '@/lib/ssh/quote'
import { expectedFarText } from '@/lib/vantage/expect'

/** The function `check_N` of one proof: says what it saw, and returns 0 yes, 1 no, 2 unknown. */
export function checkFunction(check: HostCheck, index: number): string {
  const told = `say check ${shellQuote(check.id)}`
  if ('absent' in check.expect && 'file' in check.read) {
    const file = shellQuote(check.read.file)
    return `check_${index}() {
  if is_gone ${file}; then ${told} 'yes absent'; return 0; fi
  ${told} 'no there'; return 1
}
`
  }
  const read = 'file' in check.read ? `cat ${shellQuote(check.read.file)}` : quoteArgv(check.read.command)
  return `check_${index}() {
  seen=$(limited ${check.timeoutS} ${read} 2>/dev/null </dev/null) || { ${told} 'unknown '; return 2; }
  ${shownLine(check)}
  ${test(check)} && { ${told} "yes $shown"; return 0; }
  ${told} "no $shown"; return 1
}
`
}

/** Sets `shown` to the line of `seen` that holds what was expected, else to its first line; without a process. */
function shownLine(check: HostCheck): string {
  const first = `shown=\${seen%%"$NL"*}`
  if ('name' in check.expect)
    return `${first}
  case "$shown" in *"$TAB"*)
    before=\${shown%%"$TAB"*}; behind=\${shown#*"$TAB"}
    shown="$before = $behind" ;;
  esac`
  const held = 'includes' in check.expect ? check.expect.includes : 'lines' in check.expect ? check.expect.lines : null
  if (held === null) return first
  const expected = shellQuote(held)
  return `${first}
  case "$seen" in *${expected}*)
    before=\${seen%%${expected}*}; behind=\${seen#"$before"}
    shown=\${before##*"$NL"}\${behind%%"$NL"*} ;;
  esac`
}

function test(check: HostCheck): string {
  if ('equals' in check.expect) return `[ "$seen" = ${shellQuote(check.expect.equals)} ]`
  if ('name' in check.expect) return `[ "$seen" = ${shellQuote(`${check.expect.name}\t${check.expect.value}`)} ]`
  if ('includes' in check.expect)
    return `case "$seen" in *${shellQuote(check.expect.includes)}*) true ;; *) false ;; esac`
  if ('excludes' in check.expect)
    return `case "$seen" in *${shellQuote(check.expect.excludes)}*) false ;; *) true ;; esac`
  if ('lines' in check.expect) {
    const lines = `put_line "$seen" | grep -F -e ${shellQuote(check.expect.lines)}`
    return `{ ${lines} >/dev/null && ! ${lines} | grep -v -F -e ${shellQuote(check.expect.include)} >/dev/null; }`
  }
  return '[ -z "$seen" ]'
}

/** What the screen says was expected. */
export function expectedText(check: Check): string {
  if (isFarCheck(check)) return expectedFarText(check.expect)
  if ('equals' in check.expect) return check.expect.equals
  if ('name' in check.expect) return `${check.expect.name} = ${check.expect.value}`
  if ('includes' in check.expect) return check.expect.includes
  if ('excludes' in check.expect) return `not ${check.expect.excludes.trim()}`
  if ('lines' in check.expect) return `${check.expect.include} on every line of ${check.expect.lines.trim()}`
  return 'absent'
}
