# Varnish between a TLS proxy and one or several nodes. It follows what pages say of their lifetime, drops them by the keys in their
# Surrogate-Key, and shows what it has when no node answers. Needs no module beyond those Varnish brings; the purge works like xkey's.
vcl 4.1;

import directors;
import std;

backend a {
  .host = "127.0.0.1";
  .port = "8000";
  .connect_timeout = 2s;
  .first_byte_timeout = 60s;
  .between_bytes_timeout = 30s;
  .probe = {
    # Any name in ALLOWED_HOSTS.
    .request = "GET /readyz HTTP/1.1" "Host: www.example.org" "Connection: close";
    .interval = 2s;
    .timeout = 2s;
    .window = 3;
    .threshold = 2;
    .initial = 2;
  }
}

# Who may purge: the nodes.
acl nodes {
  "localhost";
  "127.0.0.1";
  "::1";
}

sub vcl_init {
  new newsroom = directors.round_robin();
  newsroom.add_backend(a); # a second node: another backend, another line
}

sub vcl_recv {
  set req.backend_hint = newsroom.backend();
  # While a node answers, a page is shown at most ten seconds beyond its time; without one, as long as the node allowed.
  if (std.healthy(req.backend_hint)) {
    set req.grace = 10s;
  }

  # PURGE with «xkey-purge», «xkey» or «Surrogate-Key: article-17 category-3»: every page that carries one of these keys is gone at once.
  if (req.method == "PURGE") {
    if (client.ip !~ nodes) {
      return (synth(405, "Not allowed"));
    }
    if (!req.http.Surrogate-Key) {
      set req.http.Surrogate-Key = req.http.xkey;
    }
    if (req.http.xkey-purge) {
      set req.http.Surrogate-Key = req.http.xkey-purge;
    }
    if (req.http.Surrogate-Key !~ "^[A-Za-z0-9_-]+([ ,]+[A-Za-z0-9_-]+)*$") {
      return (synth(400, "No keys"));
    }
    # No blank may stand in the expression: a ban ends there.
    ban("obj.http.Surrogate-Key ~ (^|\s)(" + regsuball(req.http.Surrogate-Key, "[ ,]+", "|") + ")(\s|$)");
    return (synth(200, "Purged"));
  }

  if (req.method != "GET" && req.method != "HEAD") {
    return (pass);
  }
  # Editors, previews, what agencies push, a reader's form and what machines ask is none of a cache's business.
  if (req.url ~ "^/(admin|vorschau|wire|fehler-melden|healthz|readyz)(/|\?|$)") {
    return (pass);
  }
  if (req.url == "/metrics") {
    return (synth(404, "Not found"));
  }
  # A reader's page is the same for all: no cookie and no campaign tag changes it.
  unset req.http.Cookie;
  set req.url = regsuball(req.url, "([?&])(utm_[a-z_]+|fbclid|gclid|mc_[a-z]+|msclkid|wt_[a-z_]+)=[^&]*", "\1");
  set req.url = regsuball(req.url, "&&+", "&");
  set req.url = regsub(req.url, "\?&", "?");
  set req.url = regsub(req.url, "[?&]+$", "");
  set req.url = std.querysort(req.url);
  # gzip is Varnish's own affair; brotli is asked for as such.
  if (req.http.Accept-Encoding ~ "(^|[ ,])br([ ,;]|$)" && req.http.Accept-Encoding !~ "br;\s*q=0(\.0*)?([ ,]|$)") {
    set req.http.X-Brotli = "1";
  } else {
    unset req.http.X-Brotli;
  }
  return (hash);
}

sub vcl_hash {
  # Host and address follow from the built-in part; brotli is kept beside the rest.
  if (req.http.X-Brotli) {
    hash_data("br");
  }
}

sub vcl_backend_fetch {
  if (bereq.http.X-Brotli) {
    set bereq.http.Accept-Encoding = "br";
    unset bereq.http.X-Brotli;
  }
}

sub vcl_backend_response {
  # Keep a page beyond its time for the case that no node answers. Where something on it is due to change, the node says so by a shorter
  # stale-if-error.
  if (beresp.http.Cache-Control ~ "stale-if-error=[0-9]+") {
    set beresp.grace = std.duration(regsub(beresp.http.Cache-Control, ".*stale-if-error=([0-9]+).*", "\1s"), 10s);
  }
  # What is only for a moment does not push out what is for long.
  if (beresp.status >= 500) {
    if (bereq.is_bgfetch) {
      return (abandon);
    }
    set beresp.uncacheable = true;
    set beresp.ttl = 0s;
  }
  if (beresp.http.Set-Cookie) {
    set beresp.uncacheable = true;
  }
}

sub vcl_deliver {
  unset resp.http.Surrogate-Key;
  unset resp.http.X-Varnish;
  unset resp.http.Via;
}
