# Pollux in a container. Everything it keeps is in the volume /data.
FROM node:20-bookworm-slim AS build
WORKDIR /pollux
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && chown -R node:node .next node_modules/.cache

FROM node:20-bookworm-slim
WORKDIR /pollux
COPY --from=build --chown=root:root /pollux ./
RUN install -d -o node -g node -m 0700 /data && chown -R node:node .next
USER node
# Inside a container "beyond loopback" means: as far as its ports are published. Publish them to 127.0.0.1 only.
ENV HOST=0.0.0.0 PORT=3000 POLLUX_INSECURE=1 POLLUX_DATA=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "scripts/start.mjs"]
