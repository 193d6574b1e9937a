//! Physical memory management: which frames exist, which are taken, who may take more.

pub(crate) mod mat_intro;
pub(crate) mod mat_init;
pub(crate) mod mat_op;
pub(crate) mod m_container;
