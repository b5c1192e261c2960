// One behaviour per module, each hooked by a data- attribute. A page works without any of them.
import "./csrf.js";
import { start as hotkey } from "./hotkey.js";
import { start as menus } from "./menus.js";
import { start as select } from "./select.js";
import { start as confirm } from "./confirm.js";
import { start as tips } from "./tips.js";
import { start as toasts } from "./toasts.js";
import { start as drawer } from "./drawer.js";
import { start as drafts } from "./drafts.js";
import { start as session } from "./session.js";
import { start as upload } from "./upload.js";
import { start as poll } from "./poll.js";
import { start as lightbox } from "./lightbox.js";
import { start as lists } from "./lists.js";
import { start as passkeys } from "./passkeys.js";
import { start as busy } from "./busy.js";
import { start as fill } from "./fill.js";
import { start as picks } from "./picks.js";

document.documentElement.classList.add("js");
for (const start of [hotkey, menus, select, confirm, tips, toasts, drawer, session, drafts, upload, poll, lightbox, lists, passkeys, busy, fill, picks]) start();
