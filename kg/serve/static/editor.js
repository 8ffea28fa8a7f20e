// Ties YASGUI's editor (Yasqe) and viewer of answers (Yasr) to the endpoint of this server.
"use strict";
(function () {
  const settings = JSON.parse(document.getElementById("editor-settings").textContent);
  const endpoint = new URL("sparql", location.href).href;
  const told = document.getElementById("told");
  const asked = new URLSearchParams(location.search).get("query");

  const yasqe = new Yasqe(document.getElementById("yasqe"), {
    value: asked || settings.first,
    persistenceId: null, // what somebody asked stays with nobody
    autocompleters: [], // the usual ones ask servers elsewhere
    createShareableLink: (editor) => location.href.split("?")[0] + "?query=" + encodeURIComponent(editor.getValue()),
    resizeable: true,
    requestConfig: {
      endpoint: endpoint,
      method: "POST",
      acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderGraph: "text/turtle",
    },
  });

  const yasr = new Yasr(document.getElementById("yasr"), {
    persistenceId: null,
    prefixes: settings.prefixes,
    pluginOrder: ["table", "response", "boolean", "error"],
    defaultPlugin: "table",
  });

  yasqe.on("query", () => {
    told.textContent = "asking ...";
  });
  yasqe.on("queryResponse", (_, response, duration) => {
    yasr.setResponse(response, duration);
    const seconds = (duration / 1000).toFixed(1);
    told.textContent = yasr.results && yasr.results.getError() ? "That did not work; see below." : "Answered in " + seconds + " s.";
  });

  yasqe.getInputField().setAttribute("aria-label", "SPARQL query");

  // IRIs of this graph lead to its pages here, wherever they may lead elsewhere.
  const root = new URL(".", location.href).href;
  for (const kind of ["pointerdown", "focusin"]) {
    document.getElementById("yasr").addEventListener(kind, (event) => {
      const link = event.target.closest("a[href]");
      if (link && link.href.startsWith(settings.base)) link.href = root + link.href.slice(settings.base.length);
    });
  }

  document.getElementById("begin").addEventListener("change", (event) => {
    const chosen = settings.queries[event.target.value];
    if (chosen) yasqe.setValue(chosen.text);
  });
  if (asked) yasqe.query().catch(() => {}); // the viewer shows what was wrong
})();
