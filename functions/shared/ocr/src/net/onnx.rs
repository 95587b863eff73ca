//! A net as an ONNX file writes it: the operators of `net.rs`, and what it does not know refused.
//!
//! This file alone names `rten_onnx`.

use std::collections::BTreeMap;

use rten_gemm::GemmExecutor;
use rten_onnx::onnx::{DataType, GraphProto, ModelProto, NodeProto, TensorProto};
use rten_tensor::Matrix;

use super::{BrokenNet, Convolution, Operator, Step, Taken};

/// The steps of a file's graph, in its order; the last one makes the answer.
pub(super) fn steps(onnx: &[u8]) -> Result<Vec<Step>, BrokenNet> {
    let model = ModelProto::parse_buf(onnx).map_err(|error| BrokenNet(error.to_string()))?;
    let graph = model.graph;
    of_graph(&graph.ok_or_else(|| BrokenNet("no graph".to_owned()))?)
}

fn of_graph(graph: &GraphProto) -> Result<Vec<Step>, BrokenNet> {
    let tensors: BTreeMap<&str, &TensorProto> = graph
        .initializer
        .iter()
        .filter_map(|tensor| Some((tensor.name.as_deref()?, tensor)))
        .collect();
    let gemm = GemmExecutor::new();
    let strip = graph.input.first().and_then(|input| input.name.as_deref());
    let mut names: Vec<&str> = vec![strip.unwrap_or_default()];
    let mut steps = Vec::new();
    for node in &graph.node {
        let step = step(node, &names, &tensors, &gemm);
        let name = node.output.first().map_or("", String::as_str);
        steps.push(step.ok_or_else(|| BrokenNet(format!("{name} cannot be made")))?);
        names.push(name);
    }
    let answer = graph
        .output
        .first()
        .and_then(|answer| answer.name.as_deref());
    if answer != names.last().copied() || graph.output.len() != 1 || graph.input.len() != 1 {
        return Err(BrokenNet(
            "more than a strip in, or another answer out".to_owned(),
        ));
    }
    let mut taken_later = Vec::new();
    let backwards = steps.iter_mut().rev();
    for taken in backwards.flat_map(|step| step.takes.iter_mut().rev()) {
        taken.for_good = !taken_later.contains(&taken.value);
        taken_later.push(taken.value);
    }
    Ok(steps)
}

/// One operator; `None` where it is not known, or not in this form.
fn step(
    node: &NodeProto,
    names: &[&str],
    tensors: &BTreeMap<&str, &TensorProto>,
    gemm: &GemmExecutor,
) -> Option<Step> {
    // What operator it is, which of its attributes are read, and how many values made before it takes.
    let (operator, read, made): (_, &[&str], _) = match node.op_type.as_deref()? {
        "Conv" => (
            convolution(node, tensors, gemm)?,
            &["dilations", "kernel_shape", "pads"],
            1,
        ),
        "MaxPool" => (pool(node)?, &["kernel_shape", "strides"], 1),
        "Relu" => (Operator::Relu, &[], 1),
        "Add" => (Operator::Add, &[], 2),
        _ => return None,
    };
    let is_read = |name: &str| read.contains(&name);
    if !node
        .attribute
        .iter()
        .all(|a| a.name.as_deref().is_some_and(is_read))
    {
        return None;
    }
    let is_made = |name: &&String| !tensors.contains_key(name.as_str());
    let takes = node.input.iter().filter(is_made).map(|name| {
        let value = names.iter().position(|known| known == name)?;
        Some(Taken {
            value,
            for_good: false,
        })
    });
    let takes: Vec<Taken> = takes.collect::<Option<_>>()?;
    (takes.len() == made).then_some(Step { operator, takes })
}

fn pool(node: &NodeProto) -> Option<Operator> {
    let sides = pair(node, "kernel_shape").filter(|sides| !sides.contains(&0))?;
    (pair(node, "strides")? == sides).then_some(Operator::Pool(sides))
}

/// One that takes the image first, then its weights and what is added to each filter's sum.
fn convolution(
    node: &NodeProto,
    tensors: &BTreeMap<&str, &TensorProto>,
    gemm: &GemmExecutor,
) -> Option<Operator> {
    let [image, weights, bias] = node.input.as_slice() else {
        return None;
    };
    let tensor = |name: &String| tensors.get(name.as_str()).copied();
    let (weights, bias) = (tensor(weights)?, floats(tensor(bias)?)?);
    let sides = weights.dims.iter().map(|side| usize::try_from(*side).ok());
    let sides: Vec<usize> = sides.collect::<Option<_>>()?;
    let &[filters, channels, tall, wide] = sides.as_slice() else {
        return None;
    };
    let [1, dilation] = pair(node, "dilations")? else {
        return None;
    };
    let [above, before, below, behind] = numbers(node, "pads").try_into().ok()?;
    let is_sound = tensor(image).is_none()
        && !sides.contains(&0)
        && dilation > 0
        && bias.len() == filters
        && pair(node, "kernel_shape")? == [tall, wide]
        && [above, before] == [below, behind];
    let (depth, weights) = (
        channels.checked_mul(tall.checked_mul(wide)?)?,
        floats(weights)?,
    );
    let matrix = Matrix::try_from_data([filters, depth], weights.as_slice()).ok()?;
    is_sound.then(|| {
        Operator::Convolution(Box::new(Convolution {
            weights: gemm.prepack_a(matrix),
            bias,
            channels,
            kernel: [tall, wide],
            dilation,
            pads: [above, before],
        }))
    })
}

/// The two whole numbers of an attribute.
fn pair(node: &NodeProto, name: &str) -> Option<[usize; 2]> {
    numbers(node, name).try_into().ok()
}

/// The whole numbers of an attribute.
fn numbers(node: &NodeProto, name: &str) -> Vec<usize> {
    let mut attributes = node.attribute.iter();
    let found = attributes.find(|attribute| attribute.name.as_deref() == Some(name));
    let ints = found.map(|attribute| attribute.ints.as_slice());
    let ints = ints.unwrap_or_default().iter();
    ints.filter_map(|int| usize::try_from(*int).ok()).collect()
}

/// The numbers of a tensor, little-endian in the file.
fn floats(tensor: &TensorProto) -> Option<Vec<f32>> {
    if tensor.data_type != Some(DataType::FLOAT) {
        return None;
    }
    let raw = tensor.raw_data.as_ref()?.borrow();
    let (numbers, []) = raw.as_chunks() else {
        return None;
    };
    Some(numbers.iter().copied().map(f32::from_le_bytes).collect())
}
