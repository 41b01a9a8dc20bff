import { type HostWork, stepsOf } from './host-work'
import { uploadExit } from './upload-script'

/** The functions of a script that a person calls: apply, show, undo, confirm; `main` chooses. */
export function standaloneMain(work: HostWork): string {
  const isGuarded = work.confirms === 'by hand'
  const still = stepsOf(work).map((_, at) => `still_${at + 1}`)
  return `refuse() { printf '%s\\n' "$*" >&2; exit 1; }

# login_id: the process of the login that this runs in, and when it started; empty on a console.
login_id() {
  walk=$$
  while [ "\${walk:-0}" -gt 1 ]; do
    stat=$(cat "/proc/$walk/stat" 2>/dev/null) || return 0
    name=\${stat#*\\(}; name=\${name%)*}
    case $name in sshd* | dropbear* | *telnetd | *rlogind) printf '%s %s\\n' "$walk" "$(born "$walk")"; return 0 ;; esac
    set -- \${stat##*) }
    walk=$2
  done
}

# news: what the journal says that was not told yet, in words; without what could play tricks on a terminal.
SEEN=0
news() {
  total=$(wc -l < "$D/journal" | tr -d ' ')
  [ "$total" -gt "$SEEN" ] || return 0
  tail -n +$((SEEN + 1)) "$D/journal" | head -n $((total - SEEN)) | tr -d '\\001-\\010\\013-\\037\\177' |
  while IFS='	' read -r up kind step text; do
    title_of "$step"
    case $kind in
    start) line "$TITLE" ;;
    out) line "   $text" ;;
    failed) line "   failed, exit code $text" ;;
    armed) line "Armed: the host takes all back by itself in $text s, unless it comes to its end." ;;
    check) check_title "$step"; line "Proof: $TITLE: $text" ;;
    undo) line "Taking all back: $text" ;;
    undone) line "   taken back: $TITLE" ;;
    undo-failed) line "   could NOT be taken back: $TITLE" ;;
    not-as-before) line "   NOT as it was before: $TITLE" ;;
    not-standing) line "   did not stay: $TITLE" ;;
    kept | waits) line "   $text" ;;
    esac
  done
  SEEN=$total
}

# follow: tells what happens until it ended; leaves the end in END.
follow() {
  asked=; quiet=0
  while :; do
    over=; ended && over=1
    news
    [ -z "$over" ] || break
${isGuarded ? askLines : ''}    if alive; then quiet=0; else quiet=$((quiet + 1)); fi
    [ "$quiet" -lt 300 ] || refuse "Nobody works on it any more. Look at $D/journal and run: sh $D/undo"
    nap 2
  done
  how_it_ended
}
how_it_ended() { END=; for end in "$D"/state/end.*; do [ -e "$end" ] && END=\${end##*/end.}; done; }

# told_end: the last words, and the exit code.
told_end() {
  case $END in
  applied) line "Done and proved. To take it back: sh $D/undo" ;;
  applied-unverified) line "Done, but not all of the proof could be read. To take it back: sh $D/undo" ;;
  reverted) line 'All is as it was before.' ;;
  foreign-edit-kept) line 'Taken back, but for what somebody else wrote meanwhile: that was kept.' ;;
  undo-failed) line "NOT ALL COULD BE TAKEN BACK. Look at the lines above and at $D/journal, then run: sh $D/undo" ;;
  esac
  case $END in applied | applied-unverified) [ "$1" = apply ]; exit ;; reverted) [ "$1" = undo ]; exit ;; esac
  exit 1
}

# stands: whether all that was written is still there.
stands() { ${still.length > 0 ? still.join(' && ') : ':'}; }

# locked_by: the owner of the lock, where that is somebody else.
locked_by() {
  OWNER=
  [ -d "$ROOT/lock" ] || return 1
  OWNER=$(cat "$ROOT/lock/owner" 2>/dev/null)
  [ "\${OWNER%% *}" != "\${D##*/}" ]
}

apply() {
  if [ -d "$D/state" ]; then
    how_it_ended
    case $END in
    applied | applied-unverified)
      stands && { line "Nothing to do: it was applied here already, and it stands. To take it back: sh $D/undo"; exit 0; }
      refuse "It was applied here already, and what it wrote was changed since. Take it back first: sh $D/undo" ;;
    undo-failed) refuse "It was begun here, and not all could be taken back. See to that first: sh $D/undo" ;;
    '')
      for state in armed confirmed reverting; do has "$state" && refuse 'It is under way here already.'; done ;;
    esac
  fi
  as_planned || refuse 'Nothing was touched. It has to be planned anew.'
  said=$(prepare); code=$?
  case $code in
  ${uploadExit.ready}) ;;
  ${uploadExit.locked}) refuse "This host is locked by another change (\${said:-its owner is not known}). Nothing was touched." ;;
  *) refuse "$said. Nothing was touched." ;;
  esac
  start_change || { tidy; unhook; rm -rf "$D"; unlock; refuse 'It could not be armed. Nothing was touched.'; }
  trap 'line "The host goes on by itself. To stop it and take it back: sh $D/undo"; exit 1' INT
  follow
  told_end apply
}

show() {
  plan_text
  line "This machine calls itself $(uname -n)."
  locked_by && line "It is locked by another change: \${OWNER:-its owner is not known}"
  if [ -d "$D/state" ]; then how_it_ended; line "It was begun here before: \${END:-it has not ended}."; fi
  as_planned || { line 'So it would refuse.'; exit 1; }
  line 'All is still as the plan found it.'
}

# undo_here: by the copy that did it, which may be older than this file. By "sh …/undo" also where a lock was left.
undo_here() {
  [ -f "$D/script" ] && [ -d "$D/state" ] || refuse 'Nothing to take back: it was not applied here, or its copies are gone.'
  if [ "$SELF" != "$D/script" ]; then
    locked_by && refuse "This host is locked by another change (\${OWNER:-its owner is not known}). If nobody works on it: sh $D/undo"
    exec /bin/sh "$D/script" undo
  fi
  how_it_ended
  [ "$END" != reverted ] || { line 'It was taken back already.'; exit 0; }
  SEEN=$(wc -l < "$D/journal" | tr -d ' ')
  if alive && ! ended; then has cancel || mark cancel; follow
  else ( undo_change --quiet 'by hand' ); news; how_it_ended
  fi
  told_end undo
}
${isGuarded ? confirmFunction : ''}
main() {
  [ "$(id -u)" = 0 ] || refuse 'This must run as root. Nothing was touched.'
  [ -f "$SELF" ] || refuse 'Save this as a file on the host and run: sh FILE. It keeps a copy of itself for the way back.'
  case "\${1-}" in
  '') apply ;;
  --show) show ;;
  undo) undo_here ;;
${isGuarded ? '  confirm) confirm_here ;;\n' : ''}  --supervise | --guard)
    [ "$SELF" = "$D/script" ] || refuse "$1 is the script's own word."
    word=$1; shift
    if [ "$word" = --guard ]; then guard_change "$@"; else supervise; fi ;;
  *) refuse 'Usage: sh FILE [--show | undo${isGuarded ? ' | confirm' : ''}]' ;;
  esac
}
`
}

const askLines = `    if [ -z "$asked" ] && has proved && ! has confirmed; then
      asked=1; time_left
      line "Proved here. Within $LEFT s, log in ANEW, every way you need this host, and run there: sh $D/script confirm"
      line 'Without that, all is taken back.'
    fi
`

const confirmFunction = `
# confirm_here: a person says, from a new login, that the host can still be reached.
confirm_here() {
  [ -d "$D/state" ] || refuse 'Nothing waits to be confirmed here.'
  how_it_ended
  [ -z "$END" ] || refuse "It has ended already: $END."
  has confirmed && { line 'It is confirmed already.'; exit 0; }
  has proved || refuse 'It is not so far yet.'
  login=$(login_id)
  [ -z "$login" ] || [ "$login" != "$(cat "$D/login")" ] || refuse 'This is the login that began it, which proves nothing. Log in anew.'
  time_left
  printf 'Still reachable, every way you need this host? It goes back in %s s. Type yes: ' "$LEFT"
  IFS= read -r answer || :
  [ "$answer" = yes ] || refuse 'Not confirmed.'
  confirm || has confirmed || refuse 'Too late: it is being taken back.'
  SEEN=$(wc -l < "$D/journal" | tr -d ' ')
  follow
  told_end apply
}
`
