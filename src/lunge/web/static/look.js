// Sends a video to the program, which writes it to disk as it comes.

const byId = (id) => document.getElementById(id);
const form = byId("look");

function wrong(text) {
  byId("wrong").textContent = text;
  byId("wrong").hidden = !text;
  byId("sending").hidden = true;
  form.querySelector("button").disabled = false;
}

function answered(request) {
  const answer = JSON.parse(request.responseText || "{}");
  if (answer.job) location.assign(answer.job);
  else wrong(answer.text ?? form.dataset.brokenOff);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [file] = byId("file").files;
  if (!file) return wrong(form.dataset.choose);
  wrong("");
  form.querySelector("button").disabled = true;
  byId("sending").hidden = false;
  byId("sent").textContent = form.dataset.sending;
  const query = new URLSearchParams({ name: file.name });
  for (const box of form.querySelectorAll("input[type=checkbox]")) query.set(box.name, box.checked);
  // fetch() does not tell how much has been sent.
  const request = new XMLHttpRequest();
  request.open("POST", `/look?${query}`);
  request.upload.onprogress = ({ loaded, total }) => (byId("bar").value = loaded / total);
  request.onload = () => answered(request);
  request.onerror = () => wrong(form.dataset.brokenOff);
  request.send(file);
});
