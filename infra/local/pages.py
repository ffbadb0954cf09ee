"""The French HTML of the local-only pages. Knows nothing of where its values come from."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from infra.local.clock import iso
from infra.local.mailbox import Letter
from infra.local.timetable import Advance

_PARIS = ZoneInfo("Europe/Paris")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
           "septembre", "octobre", "novembre", "décembre")  # fmt: skip
_NAMES = {"from": "De", "reply-to": "Répondre à", "cc": "Copie à"}
_STYLE = """
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5b6675;--line:#d8dde4;--back:#f6f7f9;--card:#fff;--act:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebf0;--soft:#a6b0be;--line:#3a4350;--back:#161a20;--card:#1f252d;
--act:#7db8f5}}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back)}
header{background:var(--card);border-bottom:1px solid var(--line);padding:.6rem 1rem}
header p,main{max-width:60rem;margin:0 auto}header nav{max-width:60rem;margin:.2rem auto 0}
nav a{display:inline-block;padding:.3rem .9rem .3rem 0}main{padding:1rem}h1{font-size:1.5rem;margin:.4rem 0 1rem}
h2{font-size:1.1rem;margin:1.6rem 0 .4rem}a{color:var(--act)}.soft{color:var(--soft)}
ul.rows{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:8px}
.rows>li{padding:.6rem .9rem;border-top:1px solid var(--line)}.rows>li:first-child{border:0}
.rows a{display:block;font-weight:600;overflow-wrap:anywhere;padding:.1rem 0}.rows span{overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem .9rem;margin:0;overflow-wrap:anywhere}dd{margin:0}
dt{color:var(--soft)}iframe{width:100%;height:32rem;border:1px solid var(--line);border-radius:8px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--card);border:1px solid var(--line);
border-radius:8px;padding:.8rem;font:.95rem/1.45 ui-monospace,monospace}
button,input{font:inherit;padding:.5rem .8rem;border-radius:6px;border:1px solid var(--soft);color:var(--ink);
background:var(--card)}button{background:var(--act);color:var(--card);border-color:var(--act);cursor:pointer}
form{margin:.5rem 0;display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
"""


def index(now: float, messages: int, domain: str) -> str:
    return _page(
        "Palier en local",
        f"""<p>Ces pages n’existent que sur cet ordinateur. Elles remplacent ce qui se passe hors de Palier :
la boîte aux lettres des destinataires, leur téléphone, et le temps qui passe.</p>
<ul class="rows">
<li><a href="/">Ouvrir Palier</a><span class="soft">Le site, comme le voient ses utilisateurs.</span></li>
<li><a href="/_local/logins">Comptes de démonstration</a>
<span class="soft">Identifiants et mots de passe de l’agence fictive.</span></li>
<li><a href="/_local/mail">Messages envoyés</a>
<span class="soft">{_count(messages)} : courriels et SMS. Rien ne part vraiment.</span></li>
<li><a href="/_local/clock">Horloge</a><span class="soft">Il est {_moment(now)}. Vous pouvez avancer.</span></li>
<li><a href="/_local/outbox.json">Messages au format JSON</a>
<span class="soft">Pour les programmes, le plus récent d’abord.</span></li>
</ul>
<h2>Faire entrer un courriel</h2>
<p>Envoyez-le à une adresse en <strong>@{escape(domain)}</strong> avec n’importe quel logiciel, par le serveur SMTP
affiché au démarrage, ou par <code>POST /_local/inbound-mail</code> (message MIME brut).</p>""",
    )


def mailbox(letters: list[Letter], wanted: str) -> str:
    rows = "".join(_row(letter) for letter in letters)
    found = f'<ul class="rows">{rows}</ul>' if rows else "<p>Aucun message pour l’instant.</p>"
    return _page(
        "Messages envoyés",
        f"""<form method="get" action="/_local/mail"><label for="to">Destinataire</label>
<input id="to" name="to" value="{escape(wanted)}" autocomplete="off"><button>Filtrer</button></form>{found}""",
    )


def letter(one: Letter) -> str:
    envelope = one.envelope
    facts = [("Envoyé le", _stamp(envelope.sent_at)), ("À", ", ".join(envelope.to))]
    if envelope.kind == "sms":
        return _page("SMS", f"{_facts(facts)}<h2>Texte</h2><pre>{escape(one.text)}</pre>{_links(one)}")
    facts += [(_NAMES[name.lower()], value) for name, value in one.headers if name.lower() in _NAMES]
    html = f'<h2>Message</h2><iframe title="Message" sandbox="allow-popups allow-popups-to-escape-sandbox" \
src="/_local/mail/{envelope.id}/html"></iframe>'
    return _page(
        one.subject or "(sans objet)",
        f"""{_facts(facts)}{_attachments(one)}{html if one.html else ""}
<h2>Texte</h2><pre>{escape(one.text) or "(aucun)"}</pre>{_links(one)}
<details><summary>Tous les en-têtes</summary>{_facts(one.headers)}</details>
<p><a href="/_local/mail/{envelope.id}/raw">Télécharger le courriel (.eml)</a></p>""",
    )


def framed(html: str) -> str:
    """Links open beside the mailbox, not inside the frame."""
    return f'<!doctype html><base target="_blank">{html}'


def logins(known: list[dict[str, str]]) -> str:
    if not known:
        return _page("Comptes de démonstration", "<p>Aucune agence de démonstration n’est chargée.</p>")
    rows = "".join(
        f"""<li><a href="{escape(one.get("url", "/"))}">{escape(one["label"])}</a>
<dl><dt>Identifiant</dt><dd><code>{escape(one["login"])}</code></dd>
<dt>Mot de passe</dt><dd><code>{escape(one["password"])}</code></dd></dl></li>"""
        for one in known
    )
    return _page("Comptes de démonstration", f'<ul class="rows">{rows}</ul>')


def clock(now: float, offset: float, advance: Advance | None = None) -> str:
    buttons = "".join(
        f'<button name="advance" value="{value}">{label}</button>'
        for value, label in (("1h", "+ 1 heure"), ("1d", "+ 1 jour"), ("3d", "+ 3 jours"), ("1w", "+ 1 semaine"))
    )
    ahead = f"<p>C’est {_span(offset)} d’avance sur l’heure réelle.</p>" if offset else ""
    return _page(
        "Horloge",
        f"""<p>Pour Palier, il est <strong>{_moment(now)}</strong> (heure de Paris).</p>{ahead}{_told(advance)}
<h2>Avancer</h2><p>Tout ce qui devait se produire d’ici là se produit, dans l’ordre. On ne revient pas en arrière.</p>
<form method="post" action="/_local/clock">{buttons}</form>
<form method="post" action="/_local/clock"><label for="at">Jusqu’à (UTC)</label>
<input id="at" name="at" placeholder="{iso(now)}" autocomplete="off"><button>Avancer</button></form>""",
    )


def missing() -> str:
    return _page("Page introuvable", '<p><a href="/_local/">Revenir à l’accueil local</a></p>')


def _page(title: str, content: str) -> str:
    return f"""<!doctype html><html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)} – Palier en local</title>
<style>{_STYLE}</style></head><body><header><p><strong>Palier en local</strong></p><nav aria-label="Pages locales">
<a href="/_local/">Accueil</a><a href="/_local/mail">Messages</a><a href="/_local/clock">Horloge</a>
<a href="/_local/logins">Comptes</a><a href="/">Palier</a></nav></header>
<main><h1>{escape(title)}</h1>{content}</main></body></html>"""


def _row(one: Letter) -> str:
    envelope = one.envelope
    title = one.subject or "(sans objet)" if envelope.kind == "email" else f"SMS : {one.text[:80]}"
    pieces = f" · {len(one.attachments)} pièce(s) jointe(s)" if one.attachments else ""
    return f"""<li><a href="/_local/mail/{envelope.id}">{escape(title)}</a>
<span class="soft">à {escape(", ".join(envelope.to))} · {_stamp(envelope.sent_at)}{pieces}</span></li>"""


def _attachments(one: Letter) -> str:
    rows = "".join(
        f'<li><a href="/_local/mail/{one.envelope.id}/attachments/{number}">{escape(piece.name)}</a>'
        f'<span class="soft">{escape(piece.type)}, {_size(piece.size)}</span></li>'
        for number, piece in enumerate(one.attachments)
    )
    return f'<h2>Pièces jointes</h2><ul class="rows">{rows}</ul>' if rows else ""


def _links(one: Letter) -> str:
    rows = "".join(f'<li><a href="{escape(link)}">{escape(link)}</a></li>' for link in one.links)
    return f'<h2>Liens</h2><ul class="rows">{rows}</ul>' if rows else ""


def _facts(pairs: list[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs) + "</dl>"


def _told(advance: Advance | None) -> str:
    if advance is None:
        return ""
    rows = "".join(f"<li>{_stamp(one['at'])} : {escape(one['name'])}</li>" for one in advance.fired)
    waits = "" if advance.settled else "<p><strong>Quelque chose tarde encore à se terminer.</strong></p>"
    return f'<h2>Ce qui s’est produit</h2><ul class="rows">{rows or "<li>Rien n’était prévu.</li>"}</ul>{waits}'


def _stamp(instant: str) -> str:
    return _moment(datetime.fromisoformat(instant).timestamp())


def _moment(instant: float) -> str:
    at = datetime.fromtimestamp(instant, _PARIS)
    day = "1er" if at.day == 1 else str(at.day)
    return f"{_DAYS[at.weekday()]} {day} {_MONTHS[at.month - 1]} {at.year} à {at:%H:%M:%S}"


def _span(seconds: float) -> str:
    days, rest = divmod(round(seconds / 60), 1440)
    parts = [(days, "jour"), (rest // 60, "heure"), (rest % 60, "minute")]
    told = [f"{number}\N{NO-BREAK SPACE}{word}{'s' if number > 1 else ''}" for number, word in parts if number]
    return " ".join(told) or "moins d’une minute"


def _size(octets: int) -> str:
    return f"{octets} octets" if octets < 1024 else f"{octets / 1024:.0f} Ko"  # noqa: PLR2004 - a kilobyte


def _count(number: int) -> str:
    return f"{number} message{'s' if number > 1 else ''}"
