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
    ("claim|utterance", r"([^/]+)"),
    ("evidence|selector", r"([^/.]+\.[^/.]+)\.[^/]+"),
)


def htaccess() -> str:
    """Rules for Apache in the folder of the release itself (`.htaccess`; needs mod_rewrite).

    An IRI without a suffix is answered by `303 See Other`, as it stands for a thing and not for a document.
    """
    types = "".join(f"AddType {media} .{suffix}\n" for suffix, media in TYPES)
    parts = "".join(f"RewriteRule ^(?:{kinds})/{key}$ statement/$1.html [R=303,L]\n" for kinds, key in _PARTS)
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

# What is a file is sent as it is.
RewriteCond %{{REQUEST_FILENAME}} -f
RewriteRule ^ - [L]

# The dataset as a whole.
RewriteCond %{{HTTP_ACCEPT}} text/turtle
RewriteRule ^$ dataset.ttl [R=303,L]
RewriteRule ^\\.well-known/void$ dataset.ttl [R=303,L]

# Data for those who ask for data.
RewriteCond %{{HTTP_ACCEPT}} text/turtle
RewriteCond %{{REQUEST_FILENAME}}.ttl -f
RewriteRule ^(.+)$ $1.ttl [R=303,L]
RewriteCond %{{HTTP_ACCEPT}} application/ld\\+json
RewriteCond %{{REQUEST_FILENAME}}.jsonld -f
RewriteRule ^(.+)$ $1.jsonld [R=303,L]

# Pages for everybody else; what has no page of its own is shown on that of its statement.
RewriteCond %{{REQUEST_FILENAME}}.html -f
RewriteRule ^(.+)$ $1.html [R=303,L]
{parts}RewriteCond %{{REQUEST_FILENAME}}.ttl -f
RewriteRule ^(.+)$ $1.ttl [R=303,L]
"""


def nginx() -> str:
    """The same for nginx, to be put into its configuration."""
    types = " ".join(f"{media} {suffix};" for suffix, media in TYPES)
    return f"""\
# The same as .htaccess for nginx: the map belongs into 'http', the rest into 'server'.
# Set 'root' to the folder of the release. Made by 'kg publish'.
map $http_accept $stance_graph_suffix {{
  default .html;
  ~text/turtle .ttl;
  ~application/ld\\+json .jsonld;
}}
# In 'server':
#   types {{ include mime.types; {types} }}
#   charset utf-8;
#   absolute_redirect off;
#   add_header Access-Control-Allow-Origin "*";
#   add_header Vary Accept;
#   location = / {{ try_files /index.html =404; }}
#   location / {{ try_files $uri @thing; }}
#   location @thing {{
#     if (-f $request_filename$stance_graph_suffix) {{ return 303 $uri$stance_graph_suffix; }}
#     rewrite ^/(?:claim|utterance)/([^/]+)$ /statement/$1 last;
#     rewrite ^/(?:evidence|selector)/([^/.]+\\.[^/.]+)\\.[^/]+$ /statement/$1 last;
#     if (-f $request_filename.ttl) {{ return 303 $uri.ttl; }}
#     return 404;
#   }}
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
