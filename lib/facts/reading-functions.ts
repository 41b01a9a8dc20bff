import { documentMaxBytes, smallFileBytes } from './prologue'

/**
 * The script's functions that read: one for each kind of `Reading`, as `script.ts` calls them. Each ends its branch with an
 * `e` mark and sets `ok` when a ladder need not go on.
 *
 * A small file is read by the shell itself (`slurp`): a fork and an exec cost as much as a thousand single-byte reads. An
 * error then looks like an empty file, so whatever came back empty is asked once more of `head`, which tells the two apart.
 * What may be missing is told from what may not be seen (`present`): the nearest folder that exists must let one search it.
 */
export const readingFunctions = `present() {
  if [ -e "$1" ]; then return 0; fi
  why=absent dir=$1
  [ ! -h "$1" ] || return 1
  while dir=\${dir%/*}; [ -n "$dir" ]; do
    if [ -e "$dir" ]; then
      [ -x "$dir" ] || why=denied
      return 1
    fi
  done
  return 1
}

slurp() {
  text= line=
  while read -r line; do
    text=$text$line$nl line=
    [ \${#text} -le "$2" ] || break
  done 2>/dev/null <"$1"
  text=$text$line
}

finish() {
  case $why$code in
    late*) mark 'e late' ;;
    126) mark 'e denied 126' ;;
    127) mark 'e none 127' ;;
    0)
      ok=1
      mark 'e ok 0'
      ;;
    *) mark "e $1 $code" ;;
  esac
}

readable() {
  if ! present "$1"; then
    mark "e $why"
  elif [ ! -f "$1" ]; then
    mark 'e failed'
  elif [ ! -r "$1" ]; then
    mark 'e denied'
  else
    return 0
  fi
  return 1
}

content() {
  mark d
  run 10 head -c "$1" "$2"
  [ -z "$why" ] && [ "$code" -ne 0 ] || return 0
  mark d
  run 10 dd bs="$1" count=1 if="$2"
}

file() {
  readable "$2" || return 0
  if [ "$1" -le ${smallFileBytes} ] && slurp "$2" "$1" && [ -n "$text" ]; then
    ok=1
    mark d
    out=$out$text
    mark 'e ok 0'
    return 0
  fi
  content "$(($1 + 1))" "$2"
  finish failed
}

files() {
  nope=
  for glob in "$@"; do
    for f in $glob; do
      if [ ! -f "$f" ]; then continue; fi
      if [ ! -r "$f" ]; then
        nope=1
        continue
      fi
      slurp "$f" ${smallFileBytes}
      out="$out$nl$nonce n$nl$f$nl$nonce d$nl$text"
      if [ -z "$text" ]; then
        run 10 head -c 1 "$f"
        [ "$code" -eq 0 ] || mark "c $code"
      fi
      [ "$code" -ne 0 ] || ok=1
      code=0
      [ \${#out} -lt 32768 ] || flush
    done
  done
  if [ -z "$ok$nope" ] || [ -n "$ok" ]; then mark 'e ok 0'; else mark 'e denied'; fi
}

links() {
  list=
  for glob in "$@"; do list=$list$glob$nl; done
  set --
  for f in $list; do
    if [ ! -h "$f" ] || [ ! -e "$f" ]; then continue; fi
    ok=1
    if [ -d "$f" ] && cd -P "$f" 2>/dev/null; then
      out="$out$nl$nonce n$nl$f$nl$nonce d$nl$PWD"
    else
      set -- "$@" "$f"
    fi
  done
  cd /
  if [ $# -gt 0 ]; then
    for f in "$@"; do out="$out$nl$nonce n$nl$f"; done
    mark m
    run 5 readlink -f "$@"
    # busybox's and old ones take one link at a time.
    [ "$code" -eq 0 ] || for f in "$@"; do
      out="$out$nl$nonce n$nl$f$nl$nonce d$nl"
      run 5 readlink -f "$f"
      [ "$code" -eq 0 ] || mark "c $code"
    done
  fi
  mark 'e ok 0'
}

describe() {
  why= code=0
  if [ -h "$1" ]; then
    mark 't link'
    if [ -e "$1" ]; then
      mark l
      run 5 readlink -f "$1"
    fi
  elif [ -d "$1" ]; then
    mark 't directory'
  elif [ -f "$1" ]; then
    mark 't file'
  else
    mark 't other'
  fi
  if [ ! -e "$1" ]; then return 0; fi
  mark s
  run 5 stat -L -c %a:%U:%G "$1"
  if [ -z "$why" ] && [ "$code" -ne 0 ]; then
    mark s
    run 5 ls -ldL "$1"
  fi
  if [ -z "$why" ] && [ -f "$1" ]; then
    if [ ! -r "$1" ]; then
      code=126
      return 0
    fi
    content $((${documentMaxBytes} + 1)) "$1"
  fi
}

document() {
  if ! present "$1" && [ ! -h "$1" ]; then
    mark "e $why"
    return 0
  fi
  describe "$1"
  finish failed
}

documents() {
  list= seen=0
  for glob in "$@"; do list=$list$glob$nl; done
  for f in $list; do
    if [ ! -e "$f" ] && [ ! -h "$f" ]; then continue; fi
    seen=$((seen + 1))
    if [ "$seen" -gt 50 ] || [ "$tick" -ge "$end" ]; then
      mark w
      break
    fi
    out="$out$nl$nonce n$nl$f"
    describe "$f"
    case $why$code in
      0) ;;
      late*) mark 'c late' ;;
      126) mark 'c denied' ;;
      *) mark "c failed" ;;
    esac
  done
  ok=1
  mark 'e ok 0'
}

programs() {
  for f in "$@"; do
    if where "$f"; then out="$out$nl$nonce n$nl$f$nl$nonce d$nl$found"; fi
  done
  ok=1
  mark 'e ok 0'
}

command_() {
  if ! where "$2"; then
    mark 'e none'
    return 0
  fi
  mark d
  run "$@"
  finish ok
}

each() {
  if [ ! -f "$f" ] || [ -n "$cut" ]; then return 0; fi
  if [ ! -r "$f" ]; then
    nope=1
    return 0
  fi
  seen=$((seen + 1))
  if [ "$seen" -gt "$1" ] || [ "$tick" -ge "$end" ]; then
    cut=1
    mark w
    return 0
  fi
  shift
  out="$out$nl$nonce n$nl$f$nl$nonce d$nl"
  run "$@"
  if [ -n "$why" ]; then mark 'c late'; elif [ "$code" -ne 0 ]; then mark "c $code"; else ok=1; fi
}
`
