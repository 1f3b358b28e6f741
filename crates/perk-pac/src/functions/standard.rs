//! The functions under the names that scripts know.

use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;

use rquickjs::function::{Func, Rest};
use rquickjs::{Coerced, Ctx, IntoJs, Value};

use crate::functions::{
    date_range, dns_domain_is, dns_domain_levels, is_in_net, is_in_prefix, is_plain_host_name,
    local_host_or_domain_is, sh_exp_match, time_range, weekday_range,
};
use crate::{Moment, World, Zone};

/// Longer texts and patterns fit nothing, since comparing them takes time that no watch sees.
const LONGEST_TEXT: usize = 64 << 10;

/// See [`LONGEST_TEXT`].
const LONGEST_PATTERN: usize = 4 << 10;

/// The arguments of a call, as texts; scripts leave out some and add others.
struct Arguments(Vec<String>);

impl Arguments {
    fn of(given: Rest<Coerced<String>>) -> Self {
        Self(given.0.into_iter().map(|argument| argument.0).collect())
    }

    fn text(&self, index: usize) -> &str {
        self.0.get(index).map_or("", String::as_str)
    }
}

/// A text, or `null`, which some scripts compare with.
struct OrNull(Option<String>);

impl<'js> IntoJs<'js> for OrNull {
    fn into_js(self, ctx: &Ctx<'js>) -> rquickjs::Result<Value<'js>> {
        match self.0 {
            Some(text) => text.into_js(ctx),
            None => Ok(Value::new_null(ctx.clone())),
        }
    }
}

/// Makes the functions known.
pub(crate) fn install(ctx: &Ctx<'_>, world: World) -> rquickjs::Result<()> {
    install_names(ctx)?;
    let world = Rc::new(world);
    install_addresses(ctx, &world)?;
    install_calendar(ctx, &world)?;
    ctx.globals()
        .set("alert", Func::from(|_: Rest<Coerced<String>>| ()))
}

fn install_names(ctx: &Ctx<'_>) -> rquickjs::Result<()> {
    let yes_or_no = |name: &str, function: fn(&str, &str) -> bool| {
        let call = move |given: Rest<Coerced<String>>| {
            let arguments = Arguments::of(given);
            function(arguments.text(0), arguments.text(1))
        };
        ctx.globals().set(name, Func::from(call))
    };
    yes_or_no("isPlainHostName", |host, _| is_plain_host_name(host))?;
    yes_or_no("dnsDomainIs", dns_domain_is)?;
    yes_or_no("localHostOrDomainIs", local_host_or_domain_is)?;
    yes_or_no("shExpMatch", |text, pattern| {
        text.len() <= LONGEST_TEXT
            && pattern.len() <= LONGEST_PATTERN
            && sh_exp_match(text, pattern)
    })?;
    let levels = |given: Rest<Coerced<String>>| dns_domain_levels(Arguments::of(given).text(0));
    ctx.globals().set("dnsDomainLevels", Func::from(levels))
}

fn install_addresses(ctx: &Ctx<'_>, world: &Rc<World>) -> rquickjs::Result<()> {
    let globals = ctx.globals();
    let known = Rc::clone(world);
    globals.set(
        "dnsResolve",
        Func::from(move |given: Rest<Coerced<String>>| {
            let address = first_v4(&addresses(&known, Arguments::of(given).text(0)));
            OrNull(address.map(|address| address.to_string()))
        }),
    )?;
    let known = Rc::clone(world);
    globals.set(
        "dnsResolveEx",
        Func::from(move |given: Rest<Coerced<String>>| {
            listed(&addresses(&known, Arguments::of(given).text(0)))
        }),
    )?;
    let known = Rc::clone(world);
    globals.set(
        "isResolvable",
        Func::from(move |given: Rest<Coerced<String>>| {
            first_v4(&addresses(&known, Arguments::of(given).text(0))).is_some()
        }),
    )?;
    let known = Rc::clone(world);
    globals.set(
        "isResolvableEx",
        Func::from(move |given: Rest<Coerced<String>>| {
            !addresses(&known, Arguments::of(given).text(0)).is_empty()
        }),
    )?;
    let known = Rc::clone(world);
    globals.set(
        "isInNet",
        Func::from(move |given: Rest<Coerced<String>>| {
            let arguments = Arguments::of(given);
            let address = first_v4(&addresses(&known, arguments.text(0)));
            address.is_some_and(|address| is_in_net(address, arguments.text(1), arguments.text(2)))
        }),
    )?;
    let known = Rc::clone(world);
    globals.set(
        "isInNetEx",
        Func::from(move |given: Rest<Coerced<String>>| {
            let arguments = Arguments::of(given);
            let addresses = addresses(&known, arguments.text(0));
            let is_in = |address: &IpAddr| is_in_prefix(*address, arguments.text(1));
            addresses.iter().any(is_in)
        }),
    )?;
    let own = first_v4(&world.addresses)
        .unwrap_or(Ipv4Addr::LOCALHOST)
        .to_string();
    globals.set("myIpAddress", Func::from(move || own.clone()))?;
    let own = listed(&world.addresses);
    globals.set("myIpAddressEx", Func::from(move || own.clone()))
}

fn install_calendar(ctx: &Ctx<'_>, world: &Rc<World>) -> rquickjs::Result<()> {
    let range = |name: &str, function: fn(&[String], &Moment) -> bool| {
        let known = Rc::clone(world);
        let call = move |given: Rest<Coerced<String>>| {
            let mut words = Arguments::of(given).0;
            let zone = match words.last() {
                Some(last) if last == "GMT" => Zone::Utc,
                _ => Zone::Local,
            };
            if zone == Zone::Utc {
                words.pop();
            }
            function(&words, &(known.now)(zone))
        };
        ctx.globals().set(name, Func::from(call))
    };
    range("weekdayRange", weekday_range)?;
    range("dateRange", date_range)?;
    range("timeRange", time_range)
}

fn addresses(world: &World, host: &str) -> Vec<IpAddr> {
    match host.parse() {
        Ok(address) => vec![address],
        Err(_) if host.is_empty() => Vec::new(),
        Err(_) => (world.resolve)(host),
    }
}

fn first_v4(addresses: &[IpAddr]) -> Option<Ipv4Addr> {
    addresses.iter().find_map(|address| match address {
        IpAddr::V4(address) => Some(*address),
        IpAddr::V6(_) => None,
    })
}

fn listed(addresses: &[IpAddr]) -> String {
    let addresses: Vec<_> = addresses.iter().map(ToString::to_string).collect();
    addresses.join(";")
}
