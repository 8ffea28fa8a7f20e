"""Rules for web servers: each IRI leads to its page or its data, as the client asks for."""

from __future__ import annotations

TYPES = (
    ("ttl", "text/turtle"),
    ("jsonld", "application/ld+json"),
    ("nt", "application/n-triples"),
    ("rq", "application/sparql-query"),
    ("ru", "application/sparql-update"),
    ("cff", "application/yaml"),
)
# What is shown on the page of its statement, by the beginning of its own key.
_PARTS = (
    ("claim|utterance", r"([0-9a-z.]+)"),
    ("evidence|selector", r"([0-9a-z]+\.[0-9a-z]+)\.[0-9a-z-]+"),
)


def htaccess() -> str:
    """Rules for Apache in the folder of the release itself (`.htaccess`; needs mod_rewrite).

    An IRI without a suffix is answered by `303 See Other`, as it stands for a thing and not for a document.
    """
    types = "".join(f"AddType {media} .{suffix}\n" for suffix, media in TYPES)
    parts = "".join(
        f"RewriteRule ^(?:{kinds})/{key}$ %{{ENV:FOLDER}}statement/$1.html [R=303,L]\n"
        for kinds, key in _PARTS
    )
    return f"""\
# Each IRI leads to its page or its data, as the client asks for. Made by 'kg publish'.
Options -Indexes -MultiViews
DirectoryIndex index.html
DirectorySlash Off
AddDefaultCharset utf-8
{types}<IfModule mod_headers.c>
  Header set Access-Control-Allow-Origin "*"
  Header merge Vary Accept
</IfModule>
RewriteEngine On
# Where this folder is on the host, so that redirects lead into it.
RewriteCond $0#%{{REQUEST_URI}} ([^#]*)#(.*)\\1$
RewriteRule ^.*$ - [E=FOLDER:%2]

# What is a file is sent as it is.
RewriteCond %{{REQUEST_FILENAME}} -f
RewriteRule ^ - [L]

# The dataset as a whole.
RewriteCond %{{HTTP_ACCEPT}} text/turtle
RewriteRule ^$ %{{ENV:FOLDER}}dataset.ttl [R=303,L]
RewriteRule ^\\.well-known/void$ %{{ENV:FOLDER}}dataset.ttl [R=303,L]

# Data for those who ask for data.
RewriteCond %{{HTTP_ACCEPT}} text/turtle
RewriteCond %{{REQUEST_FILENAME}}.ttl -f
RewriteRule ^(.+)$ %{{ENV:FOLDER}}$1.ttl [R=303,L]
RewriteCond %{{HTTP_ACCEPT}} application/ld\\+json
RewriteCond %{{REQUEST_FILENAME}}.jsonld -f
RewriteRule ^(.+)$ %{{ENV:FOLDER}}$1.jsonld [R=303,L]

# Pages for everybody else; what has no page of its own is shown on that of its statement.
RewriteCond %{{REQUEST_FILENAME}}.html -f
RewriteRule ^(.+)$ %{{ENV:FOLDER}}$1.html [R=303,L]
{parts}RewriteCond %{{REQUEST_FILENAME}}.ttl -f
RewriteRule ^(.+)$ %{{ENV:FOLDER}}$1.ttl [R=303,L]
"""


def nginx() -> str:
    """The same for nginx: a file to include in a `server` whose `root` is the folder of the release."""
    types = "".join(
        f"location ~ \\.{suffix}$ {{ types {{ }} default_type {media}; }}\n" for suffix, media in TYPES
    )
    parts = "".join(
        f'  if ($uri ~ "^/(?:{kinds})/{key}$") {{ return 303 /statement/$1.html; }}\n'
        for kinds, key in _PARTS
    )
    return f"""\
# Each IRI leads to its page or its data, as the client asks for. Made by 'kg publish'.
# To be included in a 'server' whose 'root' is this folder: server {{ root ...; include .../nginx.conf; }}
charset utf-8;
charset_types text/html text/turtle text/css application/ld+json application/n-triples text/plain;
absolute_redirect off;
add_header Access-Control-Allow-Origin "*" always;
add_header Vary Accept always;
index index.html;
{types}
set $stance_graph_suffix .html;
if ($http_accept ~ "application/ld\\+json") {{ set $stance_graph_suffix .jsonld; }}
if ($http_accept ~ "text/turtle") {{ set $stance_graph_suffix .ttl; }}
# The path as it was asked for, percent signs and all.
set $stance_graph_path "";
if ($request_uri ~ "^([^?#]+)") {{ set $stance_graph_path $1; }}
location = / {{
  if ($stance_graph_suffix = .ttl) {{ return 303 /dataset.ttl; }}
  try_files /index.html =404;
}}
location = /.well-known/void {{ return 303 /dataset.ttl; }}
location / {{ try_files $uri @thing; }}
location @thing {{
  if (-f $document_root$uri$stance_graph_suffix) {{ return 303 $stance_graph_path$stance_graph_suffix; }}
  if (-f $document_root$uri.html) {{ return 303 $stance_graph_path.html; }}
{parts}  if (-f $document_root$uri.ttl) {{ return 303 $stance_graph_path.ttl; }}
  return 404;
}}
"""


def w3id(host: str) -> str:
    """Rules for a persistent identifier: everything below it leads to where the releases are served."""
    address = host.replace("%", "\\%").replace("$", "\\$")
    return f"""\
# To be handed in at w3id.org (or kept on your own host of persistent identifiers), in the folder of the name.
Header set Access-Control-Allow-Origin *
Options +FollowSymLinks
RewriteEngine on
RewriteRule ^(.*)$ {address}$1 [R=302,L,NE]
"""


__all__ = ["TYPES", "htaccess", "nginx", "w3id"]
