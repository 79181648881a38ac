// Lets Node's fetch honour HTTPS_PROXY, as NODE_USE_ENV_PROXY=1 does from Node
// 22.21 and 24 on: node --import ./proxy.mjs program.mjs
import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";
setGlobalDispatcher(new EnvHttpProxyAgent());
