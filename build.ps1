#!/usr/bin/env pwsh
#Requires -Version 7.6

<#
.SYNOPSIS
Builds, starts, tests, packs or installs the EgressNet module.

.DESCRIPTION
A thin cover over dotnet: the build itself lays the module out in artifacts/module/EgressNet.

.PARAMETER Task
Build: compiles and stages the module. Start: builds, and runs examples/Start-Here.ps1. Test: builds, and runs the C#
tests and the Pester specs. Pack: a package for Publish-PSResource in artifacts/package. Install: copies the module to
the user's modules.

.PARAMETER Path
The spec files that Test runs, and nothing else; every test when not given. Other tasks take none.

.PARAMETER Configuration
The configuration to compile.

.PARAMETER PesterVersion
The Pester that runs the specs; the restore brings both.

.PARAMETER ThrottleLimit
How many programs of C# tests and groups of spec files Test runs side by side: one more than there are processors, since
they wait for the kernel a fifth of their time.

.PARAMETER NoBuild
Pack and Install take the module as it was staged before.

.PARAMETER PackagePath
Where Pack puts the package.

.PARAMETER ModulePath
Where Install puts EgressNet/<version>; the user's module path when not given.

.EXAMPLE
PS> ./build.ps1 -Task Install

.EXAMPLE
PS> ./build.ps1 -Task Test tests/Pester/NetRoute.Tests.ps1
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Start', 'Test', 'Pack', 'Install')]
    [string] $Task = 'Build',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path,

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [ValidateSet('6.2.0', '5.9.1')]
    [string] $PesterVersion = '6.2.0',

    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = [System.Environment]::ProcessorCount + 1,

    [switch] $NoBuild,

    [string] $PackagePath = (Join-Path $PSScriptRoot artifacts package),

    [string] $ModulePath = (Join-Path ([System.Environment]::GetFolderPath('LocalApplicationData')) powershell Modules)
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$artifacts = Join-Path $PSScriptRoot artifacts
$stage = Join-Path $artifacts module EgressNet
$manifest = Join-Path $stage EgressNet.psd1

# The pwsh on PATH is then one that finds .NET by this variable.
$isTool = (Split-Path ([System.Environment]::ProcessPath) -Leaf) -eq 'dotnet'
if ($isTool) {
    $env:DOTNET_ROOT = Split-Path ([System.Environment]::ProcessPath)
}

# Root of a user namespace may not use the scratch folder that NuGet has for root.
$isUserNamespace = (Get-Content /proc/self/uid_map) -notmatch ' 4294967295$'
if ($isUserNamespace) {
    $env:NUGET_SCRATCH = Join-Path $artifacts nuget
}

# Analyzers take a fifth of a build: they judge in Build, in dotnet format and in continuous integration.
function Invoke-Build([string] $Project = 'src/EgressNet.Cmdlets') {
    dotnet build (Join-Path $PSScriptRoot $Project) -c $Configuration "-p:RunAnalyzersDuringBuild=$($Task -eq 'Build')" | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet build $Project ended with exit code $LASTEXITCODE. Without a network, build once with it first."
    }
}

function Test-Privilege {
    $line = Get-Content /proc/self/status | Where-Object { $_ -like 'CapEff:*' }
    $needed = (1 -shl 12) -bor (1 -shl 21)
    ([System.Convert]::ToUInt64($line.Split()[1], 16) -band $needed) -eq $needed
}

function Initialize-Namespace {
    if (-not (Test-Privilege)) {
        $self = $isTool ? 'dotnet pwsh build.ps1' : './build.ps1'
        $again = "unshare -Urnm $self -Task $Task $Path".TrimEnd()
        Write-Host "`nNetwork namespaces need CAP_NET_ADMIN and CAP_SYS_ADMIN: run as root, or in a user namespace:"
        Write-Host "    $again`n"
    }
    elseif ($isUserNamespace) {
        ip link set lo up
        mount -t tmpfs tmpfs /run
    }
}

function Start-Example {
    Import-Module $manifest
    & (Join-Path $PSScriptRoot examples Start-Here.ps1)
}

# The programs of the C# tests, the longest first.
function Get-UnitTest([string] $Results) {
    $names = 'EgressNet.Tests', 'EgressNet.Netlink.Tests', 'EgressNet.Cmdlets.Tests', 'EgressNet.Help.Tests'
    foreach ($name in $names) {
        $report = Join-Path $Results "$name.xml"
        $program = Join-Path $artifacts bin $name $Configuration.ToLowerInvariant() "$name.dll"
        [pscustomobject]@{ Name = $name; Command = 'dotnet', $program, '-noColor', '-result-junit', $report; Report = $report }
    }
}

# A pwsh runs several spec files, since to start it with Pester takes four seconds of a processor; each gets a large one
# and smaller ones.
function Get-SpecRun([string] $Results) {
    $compiled = Join-Path $artifacts pwsh $PSVersionTable.PSVersion pwsh
    $pwsh = $isTool -and (Test-Path $compiled) ? $compiled : 'pwsh'
    $script = Join-Path $PSScriptRoot build Invoke-Spec.ps1
    $pester = Join-Path $artifacts pester $PesterVersion Pester.psd1
    $command = $pwsh, '-NoProfile', '-NonInteractive', '-File', $script, $manifest, $pester, $Results
    $folder = $Path ? $Path : (Join-Path $PSScriptRoot tests Pester)
    $files = @(Get-ChildItem $folder -Filter *.Tests.ps1 | Sort-Object Length -Descending)
    $groups = [System.Math]::Min($files.Count, 2 * $ThrottleLimit)
    for ($group = 0; $group -lt $groups; $group++) {
        $mine = for ($i = $group; $i -lt $files.Count; $i += $groups) { $files[$i] }
        $reports = $mine | ForEach-Object { Join-Path $Results "$($_.BaseName).xml" }
        [pscustomobject]@{ Name = $mine.Name -join ', '; Command = $command + $mine.FullName; Report = $reports }
    }
}

function Invoke-Test {
    $results = Join-Path $artifacts test-results
    Remove-Item $results -Recurse -ErrorAction Ignore
    $null = New-Item $results -ItemType Directory
    # No test runs for so long that code compiled a second time, optimized, would pay; and each page of code mapped twice,
    # to be written and to be run, takes a twentieth of a pwsh's time.
    $env:DOTNET_TieredPGO = $env:DOTNET_TC_CallCounting = $env:DOTNET_EnableWriteXorExecute = 0
    $runs = @(if (-not $Path) { Get-UnitTest $results }) + @(Get-SpecRun $results)
    $failed = $runs | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
        $program, $words = $_.Command
        $said = & $program $words 2>&1
        [pscustomobject]@{ Name = $_.Name; ExitCode = $LASTEXITCODE; Report = $_.Report; Said = $said }
    } | ForEach-Object {
        $_.Said | Out-Host
        $_
    } | & (Join-Path $PSScriptRoot build Show-TestResult.ps1)
    exit [int]($failed -gt 0)
}

function Compress-Module {
    $null = New-Item $PackagePath -ItemType Directory -Force
    Get-ChildItem -LiteralPath $PackagePath -Filter EgressNet.*.nupkg | Remove-Item
    (Compress-PSResource $stage ([WildcardPattern]::Escape($PackagePath)) -PassThru).FullName
}

function Copy-Module {
    $target = Join-Path $ModulePath EgressNet (Import-PowerShellDataFile $manifest).ModuleVersion
    Remove-Item -LiteralPath $target -Recurse -ErrorAction Ignore
    $null = New-Item $target -ItemType Directory
    Get-ChildItem -LiteralPath $stage | Copy-Item -Destination $target -Recurse
    $target
}

if ($Path -and $Task -ne 'Test') {
    throw "Path '$Path' is nothing for $Task`: only Test takes spec files."
}

switch ($Task) {
    'Build' { Invoke-Build }
    'Start' { Invoke-Build; Initialize-Namespace; if (Test-Privilege) { Start-Example } else { exit 1 } }
    'Test' { Invoke-Build ($Path ? 'tests/Pester' : 'tests/Tests.slnf'); Initialize-Namespace; Invoke-Test }
    'Pack' { if (-not $NoBuild) { Invoke-Build }; Compress-Module }
    'Install' { if (-not $NoBuild) { Invoke-Build }; Copy-Module }
}
