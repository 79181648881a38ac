// Leads Microsoft's hosts to FAKE_TLS, HOST:PORT of the fake's HTTPS listener, as
// a hosts file does for a listener on port 443: node --import ./hosts.mjs program.mjs
import { syncBuiltinESMExports } from "node:module";
import tls from "node:tls";

const known = /^(graph\.microsoft\.com|login\.microsoftonline\.com|login\.microsoft\.com)$/;
const [host, port] = process.env.FAKE_TLS.split(":");
const connect = tls.connect;
tls.connect = function (options, ...rest) {
  const name = options?.servername || options?.hostname || options?.host;
  if (!known.test(name)) throw new Error("not one of Microsoft's hosts: " + name);
  const led = { ...options, host, port, servername: name };
  delete led.hostname;
  delete led.path;
  delete led.socket;
  return connect(led, ...rest);
};
syncBuiltinESMExports();
