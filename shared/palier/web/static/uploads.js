// Files go straight from the browser to the store: ask our site for a signed form, post the file there, keep its id.
// Large photos are made smaller first; whatever the browser cannot read (HEIC) leaves as it is.

const LONGEST_SIDE = 2400;
const KEEP_UNDER = 900 * 1024;

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} ko` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} Mo`);

async function smaller(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < KEEP_UNDER) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file;
  }
}

const kinds = { heic: "image/heic", heif: "image/heif", pdf: "application/pdf", jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png" };
const typeOf = (file) => file.type || kinds[file.name.split(".").pop().toLowerCase()] || "application/octet-stream";

async function askPlace(box, file) {
  const answer = await fetch(box.dataset.uploadUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-Form-Token": box.dataset.token },
    body: JSON.stringify({ name: file.name, type: typeOf(file), size: file.size }),
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.detail || "Ce fichier n’a pas été accepté.");
  return body;
}

function post(place, file, onProgress, onRequest) {
  return new Promise((done, failed) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(place.fields)) form.append(name, value);
    form.append("file", file);
    const request = new XMLHttpRequest();
    onRequest(request);
    request.open("POST", place.url);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? done() : failed(new Error("Le fichier n’a pas pu être déposé. Réessayez.")));
    request.onerror = () => failed(new Error("La connexion a été coupée. Réessayez."));
    request.onabort = () => failed(new Error(""));
    request.send(form);
  });
}

function line(box, file, remove) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = `${file.name} (${size(file.size)})`;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Envoi de ${file.name}`);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-plain";
  button.textContent = "Retirer";
  button.setAttribute("aria-label", `Retirer ${file.name}`);
  button.addEventListener("click", remove);
  item.append(name, bar, button);
  box.querySelector("[data-files]").append(item);
  return { item, name, bar };
}

function keep(box, item, id) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = box.dataset.name;
  input.value = id;
  item.append(input);
}

async function send(box, original, say) {
  let request = null;
  let gone = false;
  const shown = line(box, original, () => {
    gone = true;
    request?.abort();
    shown.item.remove();
    say(`${original.name} retiré.`);
  });
  try {
    const file = await smaller(original);
    if (file.size > box.dataset.maxMegabytes * 1024 * 1024) throw new Error(`Trop lourd : ${box.dataset.maxMegabytes} Mo au plus.`);
    const place = await askPlace(box, file);
    if (gone) return;
    await post(place, file, (part) => (shown.bar.value = part), (r) => (request = r));
    shown.bar.remove();
    shown.name.textContent = `${file.name} (${size(file.size)})`;
    keep(box, shown.item, place.id);
    say(`${file.name} envoyé.`);
  } catch (error) {
    if (gone) return;
    shown.bar.remove();
    shown.name.className = "name wrong";
    shown.name.textContent = `${original.name} : ${error.message}`;
    say(shown.name.textContent);
  }
}

function busy(form, by) {
  form.dataset.uploading = Number(form.dataset.uploading || 0) + by;
}

function enhance(box) {
  const label = box.querySelector("strong[id]");
  const status = box.querySelector("[data-say]");
  const say = (text) => (status.textContent = text);
  const drop = document.createElement("div");
  drop.className = "drop";
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = box.dataset.maxFiles > 1;
  input.accept = box.dataset.accept;
  input.setAttribute("aria-labelledby", label.id);
  input.setAttribute("aria-describedby", label.id.replace(/label$/, "hint"));
  input.id = label.id.replace(/-label$/, "");
  box.querySelector("[data-fallback]").replaceWith(drop);
  drop.append(input);
  const form = box.closest("form");

  async function take(files) {
    const free = box.dataset.maxFiles - box.querySelectorAll("[data-files] li").length;
    if (files.length > free) say(`${box.dataset.maxFiles} fichiers au plus : les derniers n’ont pas été pris.`);
    for (const file of [...files].slice(0, Math.max(0, free))) {
      busy(form, 1);
      await send(box, file, say).finally(() => busy(form, -1));
    }
    input.value = "";
  }

  input.addEventListener("change", () => take(input.files));
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (e) => (e.preventDefault(), drop.classList.add("over")));
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (e) => (e.preventDefault(), drop.classList.remove("over")));
  drop.addEventListener("drop", (event) => take(event.dataTransfer.files));
  form.addEventListener("submit", (event) => {
    if (!Number(form.dataset.uploading)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say("Un fichier est en cours d’envoi : attendez qu’il soit parti, ou retirez-le.");
  }, { capture: true });
}

document.querySelectorAll("[data-upload]").forEach(enhance);
