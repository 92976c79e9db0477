BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Many egresses$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node
    }

    AfterAll {
        Stop-Node $node
    }

    It 'leave no file open after a hundred runs' {
        $ns = Get-FreshNamespace
        try {
            $run = {
                for ($i = 0; $i -lt $using:rounds; $i++) {
                    $egress = New-ContainerEgress c1 $using:ns 10.1.0.5/24, fd00:9::5/64 -Gateway 10.1.0.1, fd00:9::1
                    $null = Get-ContainerEgress | Test-ContainerEgress | Repair-ContainerEgress
                    $null = New-EgressNat 10.9.0.5 c9
                    try { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -ErrorAction Stop } catch { }
                    try { New-ContainerEgress c2 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -ErrorAction Stop } catch { }
                    try { Get-ContainerEgress | ForEach-Object { throw 'enough' } } catch { }
                    Get-EgressNat 10.9.0.5 | Remove-EgressNat
                    $egress | Remove-ContainerEgress
                }

                # The runtime keeps each assembly open, and loads some late.
                @((Get-ChildItem /proc/self/fd).LinkTarget -notlike '*.dll').Count
            }
            $rounds = 10
            $before = Invoke-Node $run
            $rounds = 100
            Invoke-Node $run | Should -BeLessOrEqual ($before + 3)
        }
        finally {
            Remove-IfThere $ns
        }
    }

    It 'are made and removed, two hundred by eight runspaces at once' {
        $containers = 1..8 | ForEach-Object { Get-FreshNamespace }
        try {
            $before = Get-NodeDump $containers
            $threads = { Get-ChildItem /proc/self/task | ForEach-Object { (Get-Item "$_/ns/net" -ErrorAction Ignore).LinkTarget } | Sort-Object -Unique }
            $own = @(Invoke-Node $threads)
            $own | Should -HaveCount 1
            $told = Invoke-Node {
                $containers = $using:containers
                $manifest = "$((Get-Module EgressNet).ModuleBase)/EgressNet.psd1"
                1..8 | ForEach-Object { @{ Number = $_; Namespace = $containers[$_ - 1]; Manifest = $manifest } } | ForEach-Object -ThrottleLimit 8 -Parallel {
                    Import-Module $_.Manifest
                    $number, $ns = $_.Number, $_.Namespace
                    $made = @(1..25 | ForEach-Object {
                            New-ContainerEgress "c$number-$_" $ns "10.$number.$_.5/24", "fd00:${number}:${_}::5/64" -Name "eg$_" `
                                -Gateway "10.$number.$_.1", "fd00:${number}:${_}::1" -Route "10.$number.$_.128/25" -ExcludePrefix 10.0.0.0/8
                        })
                    "$number made $($made.Count)"
                    $made | Test-ContainerEgress | Where-Object { -not $_.InDesiredState } | ForEach-Object { "$_" }
                    for ($i = 0; $i -lt 25; $i += 2) { $made[$i] | Remove-ContainerEgress }
                    for ($i = 1; $i -lt 25; $i += 2) { Remove-ContainerEgress $made[$i].ContainerId }
                    "$number left $(@(Get-ContainerEgress "c$number-*").Count)"
                }
            }
            $told | Sort-Object | Should -BeExactly (1..8 | ForEach-Object { "$_ left 0"; "$_ made 25" })
            Assert-Same $before (Get-NodeDump $containers)
            Invoke-Node $threads | Should -BeExactly $own
        }
        finally {
            Remove-IfThere $containers
        }
    }
}
