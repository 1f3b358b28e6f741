//! What is to be tried: destinations, and the way that variables say to take.

use std::time::Duration;

use perk_network::certificate::Certificate;
use perk_network::{NoProxy, ProxyUrl};

use crate::{Target, TargetScheme};

/// Something to try.
#[derive(Debug, Clone)]
pub struct Question {
    /// What is to be reached.
    pub target: Target,
    /// How.
    pub route: Route,
    /// Whether it is tried only to compare it with the way that programs take.
    pub is_comparison: bool,
}

/// The way to a destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Without a proxy.
    Direct,
    /// Through a proxy.
    Proxy(ProxyUrl),
}

/// What is the same for all questions.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest time that a step may take.
    pub step: Duration,
    /// The certificates that are given to be trusted.
    pub trusted: Vec<Certificate>,
}

/// The proxies that a place uses, as its variables say.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    /// The proxy for `http:`.
    pub http: Option<ProxyUrl>,
    /// The proxy for `https:`.
    pub https: Option<ProxyUrl>,
    /// What is reached without them.
    pub no_proxy: NoProxy,
}

impl Routes {
    /// Reads variables as most programs do: in lower case, else in capitals.
    pub fn of_variables(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let either = |name: &str| variable(name).or_else(|| variable(&name.to_ascii_uppercase()));
        // One that is set to nothing says that there is to be no proxy.
        let proxy = |name: &str| {
            let value = either(name).or_else(|| either("all_proxy"))?;
            Some(ProxyUrl::parse(&value).ok()?.0)
        };
        Self {
            http: proxy("http_proxy"),
            https: proxy("https_proxy"),
            no_proxy: NoProxy::parse(&either("no_proxy").unwrap_or_default()).0,
        }
    }

    /// Returns the proxy for a destination, exempt or not.
    pub fn proxy(&self, target: &Target) -> Option<&ProxyUrl> {
        match target.scheme {
            TargetScheme::Http => self.http.as_ref(),
            TargetScheme::Https => self.https.as_ref(),
        }
    }

    /// Tells whether a destination is to be reached without the proxy that there is.
    pub fn is_exempt(&self, target: &Target) -> bool {
        self.proxy(target).is_some() && self.no_proxy.matches(&target.bare_host(), target.port)
    }
}

/// Returns the questions about destinations: the way that programs take, and the other one, if there
/// is another one.
pub fn questions(targets: &[Target], routes: &Routes) -> Vec<Question> {
    targets
        .iter()
        .flat_map(|target| of_target(target, routes))
        .collect()
}

fn of_target(target: &Target, routes: &Routes) -> Vec<Question> {
    let question = |route, is_comparison| Question {
        target: target.clone(),
        route,
        is_comparison,
    };
    let Some(proxy) = routes.proxy(target) else {
        return vec![question(Route::Direct, false)];
    };
    let is_exempt = routes.is_exempt(target);
    let mut both = vec![
        question(Route::Proxy(proxy.clone()), is_exempt),
        question(Route::Direct, !is_exempt),
    ];
    both.sort_by_key(|question| question.is_comparison);
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_say_which_way_is_taken() {
        let variables = [
            ("https_proxy", "http://a:1"),
            ("HTTP_PROXY", "b:2"),
            ("no_proxy", "corp.example"),
        ];
        let routes = Routes::of_variables(&|name| {
            let found = variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        });
        let way = |target: &str| {
            let asked = questions(&[target.parse().unwrap()], &routes);
            let shown = asked.iter().map(|question| match &question.route {
                Route::Direct => format!("direct {}", question.is_comparison),
                Route::Proxy(proxy) => format!("{proxy} {}", question.is_comparison),
            });
            shown.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(way("https://x.example"), "http://a:1 false, direct true");
        assert_eq!(way("http://x.example"), "http://b:2 false, direct true");
        assert_eq!(
            way("https://a.corp.example"),
            "direct false, http://a:1 true"
        );
        let none = Routes::of_variables(&|_| None);
        assert_eq!(questions(&["https://x".parse().unwrap()], &none).len(), 1);
    }
}
