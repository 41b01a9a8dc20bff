// node scripts/container/try-dockerfile.mjs bookworm | trixie [FOLDER]: goes through the steps of the Dockerfile in chroots
// of that Debian, with this machine's Node.js in the place of the image's. For machines that have no container engine; as
// root, with mmdebstrap; FOLDER keeps its trees. It proves the steps and the command, not an image: layers, volumes and the
// engine's own rules are not tried.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readDockerfile } from './read-dockerfile.mjs'

const top = fileURLToPath(new URL('../..', import.meta.url))
const [release, keep] = process.argv.slice(2)
if (!['bookworm', 'trixie'].includes(release ?? '')) {
  console.error('Expected a release of Debian: bookworm or trixie.')
  process.exit(2)
}
// Everything is mounted for a process of its own alone; when it has ended, there is a plain folder to remove.
const work = process.env.POLLUX_DOCKERFILE_WORK ?? keep ?? mkdtempSync('/var/tmp/pollux-dockerfile-')
if (process.env.POLLUX_DOCKERFILE_WORK === undefined) {
  const env = { ...process.env, POLLUX_DOCKERFILE_WORK: work }
  const argv = ['--mount', '--pid', '--fork', '--kill-child', process.execPath, ...process.argv.slice(1)]
  const { status } = spawnSync('unshare', argv, { stdio: 'inherit', env })
  if (!keep) rmSync(work, { recursive: true, force: true })
  process.exit(status ?? 1)
}

mkdirSync(work, { recursive: true })
const base = join(work, 'base')
if (!existsSync(base)) makeBase()
const roots = new Map()
for (const [at, stage] of readDockerfile(readFileSync(join(top, 'Dockerfile'), 'utf8')).entries())
  await goThrough(stage, at)

/** Debian with what the image of Node.js has beside it: its user, npm, and the libraries that its program needs. */
function makeBase() {
  say(`Debian ${release}`)
  const include = 'ca-certificates,libstdc++6,libatomic1'
  sh('mmdebstrap', ['--quiet', '--variant=minbase', `--include=${include}`, release, base])
  cpSync(process.execPath, join(base, 'usr/local/bin/node'))
  const npm = npmFolder()
  cpSync(npm, join(base, 'usr/local/lib/node_modules/npm'), { recursive: true })
  sh('ln', ['-s', '../lib/node_modules/npm/bin/npm-cli.js', join(base, 'usr/local/bin/npm')])
  sh('chroot', [base, 'useradd', '--uid', '1000', '--create-home', 'node'])
}

function npmFolder() {
  const found = [join(dirname(process.execPath), '../lib/node_modules/npm'), '/usr/share/nodejs/npm'].find(existsSync)
  if (!found) throw new Error('expected npm beside Node.js, found none')
  return found
}

async function goThrough({ image, name, steps }, at) {
  say(`stage ${name ?? at}: FROM ${image}`)
  const root = join(work, String(at))
  rmSync(root, { recursive: true, force: true })
  sh('cp', ['-a', base, root])
  roots.set(name, root)
  mountSystem(root)
  const state = { cwd: '/', user: '0:0', env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', HOME: '/root' } }
  let health = null
  for (const step of steps) {
    if (step.word === 'WORKDIR') mkdirSync(join(root, step.text), { recursive: true })
    if (step.word === 'WORKDIR') state.cwd = step.text
    else if (step.word === 'ENV') Object.assign(state.env, step.env)
    else if (step.word === 'USER') Object.assign(state, { user: '1000:1000' }).env.HOME = '/home/node'
    else if (step.word === 'COPY') copy(step, root, state)
    else if (step.word === 'RUN') run(root, state, ['sh', '-c', step.text])
    else if (step.word === 'HEALTHCHECK') health = step.argv
    else if (step.word === 'CMD') await tryCommand(root, state, step.argv, health)
  }
}

function copy({ from, source, target }, root, { cwd }) {
  const to = target.startsWith('/') ? join(root, target) : join(root, cwd, target)
  say(`COPY ${from ? `--from=${from} ` : ''}${source} ${target}`)
  if (from) sh('cp', ['-a', `${join(roots.get(from), source)}/.`, to])
  else
    sh('sh', [
      '-c',
      'git -C "$1" ls-files -z -co --exclude-standard | (cd "$1" && tar --null --ignore-failed-read -T - -cf -) | tar -x -C "$2"',
      'sh',
      top,
      to,
    ])
}

function mountSystem(root) {
  for (const [type, target] of [
    ['proc', 'proc'],
    ['tmpfs', 'tmp'],
  ])
    sh('mount', ['-t', type, type, join(root, target)])
  for (const device of ['null', 'zero', 'random', 'urandom'])
    if (!existsSync(join(root, 'dev', device))) writeFileSync(join(root, 'dev', device), '')
  for (const device of ['null', 'zero', 'random', 'urandom'])
    sh('mount', ['--bind', `/dev/${device}`, join(root, 'dev', device)])
  writeFileSync(join(root, 'etc/resolv.conf'), readFileSync('/etc/resolv.conf'))
  writeFileSync(join(root, 'etc/hosts'), readFileSync('/etc/hosts'))
}

function run(root, state, argv) {
  say(`RUN ${argv.at(-1)}`)
  lendNpmSettings(root)
  const { status } = spawnSync('chroot', inside(root, state, argv), { stdio: 'inherit', env: envOf(state, true) })
  if (status !== 0) throw new Error(`expected exit code 0, got ${status}`)
}

/** How this machine gets at packages is no matter of the image. */
function lendNpmSettings(root) {
  for (const [name, target] of [
    ['userconfig', 'root/.npmrc'],
    ['globalconfig', 'usr/local/etc/npmrc'],
  ]) {
    const file = npmConfig(name)
    if (!existsSync(file) || existsSync(join(root, target))) continue
    mkdirSync(dirname(join(root, target)), { recursive: true })
    writeFileSync(join(root, target), '')
    sh('mount', ['--bind', file, join(root, target)])
  }
  // Authorities that this machine trusts beside the known ones.
  for (const file of new Set([process.env.NODE_EXTRA_CA_CERTS ?? '', npmConfig('cafile')]))
    if (file.startsWith('/') && existsSync(file)) cpSync(file, join(root, file), { recursive: true })
}

function npmConfig(name) {
  return execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim()
}

/** Starts it as the compose file does: the tree read-only, but for the volume, /tmp and the cache. */
async function tryCommand(root, state, argv, health) {
  say(`CMD ${argv.join(' ')}, on a read-only tree`)
  const { POLLUX_DATA: data } = state.env
  sh('mount', ['--bind', root, root])
  sh('mount', ['-o', 'remount,bind,ro', root])
  for (const [type, path] of [
    ['proc', '/proc'],
    ['tmpfs', '/tmp'],
    ['tmpfs,uid=1000,gid=1000,mode=0700', join(state.cwd, '.next/cache')],
    ['tmpfs,uid=1000,gid=1000,mode=0700', join(state.cwd, 'node_modules/.cache')],
    ['tmpfs,uid=1000,gid=1000,mode=0700', data],
  ]) {
    const [kind, ...options] = type.split(',')
    sh('mount', ['-t', kind, '-o', ['rw', ...options].join(','), kind, join(root, path)])
  }
  for (const device of ['null', 'zero', 'random', 'urandom'])
    sh('mount', ['--bind', `/dev/${device}`, join(root, 'dev', device)])
  // Beside a Pollux that may run here; loopback alone, whatever the image says.
  Object.assign(state.env, { PORT: '3987', HOST: '127.0.0.1' })
  const child = spawn('chroot', inside(root, state, argv), { stdio: 'inherit', env: envOf(state, false) })
  const ended = once(child, 'exit')
  const probe = health.map((word) => word.replace(':3000', ':3987'))
  const isHealthy = async () => {
    for (const until = Date.now() + 60_000; Date.now() < until; await sleep(200))
      if (spawnSync('chroot', inside(root, state, probe), { env: envOf(state, false) }).status === 0) return true
    return false
  }
  const healthy = await isHealthy()
  say(`HEALTHCHECK: ${healthy ? 'healthy' : 'not healthy within a minute'}`)
  child.kill('SIGTERM')
  const [code] = await ended
  say(`SIGTERM: it ended with ${code}`)
  if (!healthy || code !== 0) process.exitCode = 1
}

function inside(root, { cwd, user }, argv) {
  return [`--userspec=${user}`, root, 'sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', cwd, ...argv]
}

// Building may need the settings of this machine's way to the packages; running may not.
function envOf({ env }, isBuild) {
  const passed = isBuild
    ? Object.fromEntries(
        Object.entries(process.env).filter(([name]) =>
          /^(npm_config_|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS)/i.test(name),
        ),
      )
    : {}
  return { ...passed, ...env }
}

function sh(program, argv) {
  execFileSync(program, argv, { stdio: ['ignore', 'inherit', 'inherit'] })
}

function say(text) {
  console.log(`== ${text}`)
}
