# Pollux in a container. Everything it keeps is in the volume /data.
FROM node:20-bookworm-slim
WORKDIR /pollux
COPY . .
# Installs, generates and builds; what the user of the next line writes to is made his.
RUN npm run build \
  && mkdir -p node_modules/.cache \
  && chown -R node:node .next node_modules/.cache \
  && install -d -o node -g node -m 0700 /data \
  && npm cache clean --force
USER node
# Inside a container "beyond this machine" means: as far as its port is published. Publish it to 127.0.0.1 only.
ENV HOST=0.0.0.0 PORT=3000 POLLUX_INSECURE=1 POLLUX_DATA=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "scripts/start.mjs"]
