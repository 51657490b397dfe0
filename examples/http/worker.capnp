# What workerd is told to serve; with wrangler the same stands in wrangler.jsonc.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(
    name = "survey",
    worker = (
      modules = [(name = "worker.js", esModule = embed "dist/worker.js")],
      compatibilityDate = "2026-11-01",
      bindings = [
        (name = "SURVEY_KEYRING", fromEnvironment = "SURVEY_KEYRING"),
        (name = "SURVEY_PEPPER", fromEnvironment = "SURVEY_PEPPER"),
      ],
    ),
  )],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "survey")],
);
