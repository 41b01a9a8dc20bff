/**
 * Reads the instructions that our Dockerfile uses, stage by stage; throws for any other one, so that nothing of the file is
 * passed over when it is tried in a chroot.
 * @param {string} text
 * @returns {{image: string, name: string | null, steps: {word: string, text?: string, argv?: string[]}[]}[]}
 */
export function readDockerfile(text) {
  const stages = []
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
  for (const line of lines) {
    const [word = '', rest = ''] = line.split(/ (.*)/s)
    const [, image, name] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? []
    if (word === 'FROM') stages.push({ image, name: name ?? null, steps: [] })
    else stages.at(-1).steps.push(readStep(word, rest))
  }
  return stages
}

function readStep(word, rest) {
  switch (word) {
    case 'WORKDIR':
    case 'USER':
    case 'RUN':
      return { word, text: rest }
    case 'COPY': {
      const [, from, source, target] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(rest) ?? refuse(word, rest)
      return { word, from: from ?? null, source, target }
    }
    case 'ENV':
      return { word, env: Object.fromEntries(rest.split(' ').map((pair) => pair.split(/=(.*)/s).slice(0, 2))) }
    case 'CMD':
      return { word, argv: JSON.parse(rest) }
    case 'HEALTHCHECK':
      return { word, argv: JSON.parse(/ CMD (\[.*\])$/.exec(rest)?.[1] ?? refuse(word, rest)) }
    // What they say is for the one who runs the container.
    case 'VOLUME':
    case 'EXPOSE':
    case 'STOPSIGNAL':
      return { word, text: rest }
    default:
      return refuse(word, rest)
  }
}

function refuse(word, rest) {
  throw new Error(`expected an instruction that is known here, got ${word} ${rest}`)
}
