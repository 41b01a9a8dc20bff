# Pollux in a container. Everything it keeps is in the volume /data.

# Installs and builds: its caches and npm's stay behind.
FROM node:20-bookworm-slim AS build
WORKDIR /pollux
COPY . .
RUN npm run build && rm -rf .next/cache node_modules/.cache

FROM node:20-bookworm-slim
WORKDIR /pollux
COPY --from=build /pollux /pollux
# The folders that the user of the next line writes to. All else may be read-only.
RUN install -d -o node -g node -m 0700 /data .next/cache node_modules/.cache
USER node
# Inside a container "beyond this machine" means: as far as its port is published. Publish it to 127.0.0.1 only.
ENV HOST=0.0.0.0 PORT=3000 POLLUX_INSECURE=1 POLLUX_DATA=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "scripts/start.mjs"]
